#include "step_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace racepair::report {

using judge::ScheduleStory;
using judge::Step;

std::string name_of(const ScheduleStory& story, const std::string& object) {
    const auto found = story.names.find(object);
    return found == story.names.end() || found->second.empty() ? object : found->second;
}

std::string value_of(const Step& step) {
    long long value = *step.value;
    if (step.size > 0 && step.size < 8) {
        const int unused = 64 - 8 * step.size;
        value = static_cast<long long>(static_cast<unsigned long long>(value) << unused) >> unused;
    }
    constexpr long long large = 1LL << 40;
    if (value >= large || value <= -large)
        return fmt::format("{:#x}", static_cast<unsigned long long>(value));
    return std::to_string(value);
}

StepWords words_of(const ScheduleStory& story, const Step& step) {
    StepWords words;
    words.object = name_of(story, step.object);
    const bool is_read = step.operation == "read", is_write = step.operation == "write";
    if (!is_read && !is_write) words.verb = step.operation;
    const bool is_update = step.operation == "update";
    if (step.value && (is_read || is_write || is_update)) {
        words.sign = is_read ? " -> " : is_write ? " = " : ": ";
        words.value = value_of(step);
    } else if (is_read || is_write) {
        words.sign = is_read ? " read" : " written";
    }
    for (const auto& lock : step.locks)
        if (lock != step.object) words.locks.push_back(name_of(story, lock));
    return words;
}

std::string operation_of(const ScheduleStory& story, const Step& step) {
    const auto words = words_of(story, step);
    auto text =
        words.verb + (words.verb.empty() ? "" : " ") + words.object + words.sign + words.value;
    for (const auto& lock : words.locks) text += " [" + lock + "]";
    return text;
}

std::vector<int> threads_of(const ScheduleStory& story) {
    std::vector<int> threads;
    for (const auto& step : story.steps)
        if (std::find(threads.begin(), threads.end(), step.thread) == threads.end())
            threads.push_back(step.thread);
    std::sort(threads.begin(), threads.end());
    return threads;
}

}  // namespace racepair::report
