#include "exploration.hpp"

#include <algorithm>
#include <stdexcept>

#include "evidence_json.hpp"

namespace racepair::judge {
namespace {

using nlohmann::json;

constexpr int most_threads = 64;
constexpr long long most_counted = 1'000'000'000'000'000;  // far from where sums overflow

long long count_in(const json& record, const char* key) {
    const long long number = record.at(key);
    if (number < 0 || number > most_counted)
        throw std::runtime_error(std::string(key) + " is out of range");
    return number;
}

/// The same, of a key that not every strategy has.
long long count_if_any(const json& record, const char* key, long long otherwise) {
    return record.contains(key) ? count_in(record, key) : otherwise;
}

int thread_in(const json& record) {
    const long long thread = record.at("thread");
    if (thread < 0 || thread >= most_threads) throw std::runtime_error("no thread has that number");
    return static_cast<int>(thread);
}

Frame frame_at(const json& pc) { return {"", "", 0, pc.get<std::string>()}; }

/// On the pipe, a stack is the address of the step and those of the calls that led there.
std::vector<Frame> stack_in(const json& record) {
    if (record.contains("stack")) return record.at("stack").get<std::vector<Frame>>();
    std::vector<Frame> stack = {frame_at(record.at("pc"))};
    for (const auto& call : record.at("calls")) stack.push_back(frame_at(call));
    return stack;
}

/// The remedy for a limit that the explorer names in its own words.
std::string remedy_for(const std::string& limit) {
    if (limit.find("not deterministic") != std::string::npos)
        return "take time, random numbers and addresses out of the case";
    return "make the scope smaller";
}

std::string reason_of(const Exploration& exploration) {
    if (!exploration.limit.empty()) return exploration.limit + "; " + remedy_for(exploration.limit);
    if (exploration.because == "time") return "time was up; raise --budget or make --scope smaller";
    if (exploration.strategy == "random" || exploration.strategy == "pct" ||
        exploration.strategy == "round-robin")
        return "the strategy " + exploration.strategy +
               " cannot know of all schedules; --strategy dpor does";
    if (exploration.preemptions >= 0)
        return "those with more than " + std::to_string(exploration.preemptions) +
               " preemptions are left out; drop --preemptions";
    if (exploration.because == "executions")
        return "so many were asked for; raise --max-executions or make --scope smaller";
    if (exploration.because == "seen") return "it ended with the first that went wrong";
    return exploration.because;
}

}  // namespace

std::string why_not_exhausted(const Exploration& exploration) {
    if (exploration.exhausted) return "";
    return std::to_string(exploration.executions) +
           (exploration.executions == 1 ? " schedule" : " schedules") +
           " explored, not all: " + reason_of(exploration);
}

void to_json(json& json, const Exploration& exploration) {
    json = {{"strategy", exploration.strategy},
            {"seed", exploration.seed},
            {"backend", exploration.backend},
            {"executions", exploration.executions},
            {"exhausted", exploration.exhausted},
            {"because", exploration.because},
            {"limit", exploration.limit},
            {"threads", exploration.threads},
            {"steps", exploration.steps},
            {"restarts", exploration.restarts},
            {"first_seen", exploration.first_seen},
            {"outcomes", exploration.outcomes},
            {"spin_was_cut", exploration.spin_was_cut},
            {"pending", exploration.pending},
            {"preemptions", exploration.preemptions}};
    if (!exploration.depth) return;
    json["bug_depth"] = *exploration.depth;
    json["pct_threads"] = exploration.pct_threads;
    json["pct_steps"] = exploration.pct_steps;
}

void from_json(const json& json, Exploration& exploration) {
    json.at("strategy").get_to(exploration.strategy);
    json.at("seed").get_to(exploration.seed);
    json.at("backend").get_to(exploration.backend);
    exploration.executions = count_in(json, "executions");
    json.at("exhausted").get_to(exploration.exhausted);
    json.at("because").get_to(exploration.because);
    json.at("limit").get_to(exploration.limit);
    exploration.threads = static_cast<int>(std::min(count_in(json, "threads"), most_counted));
    exploration.steps = count_in(json, "steps");
    exploration.restarts = count_in(json, "restarts");
    exploration.first_seen = count_in(json, "first_seen");
    exploration.outcomes = count_in(json, "outcomes");
    json.at("spin_was_cut").get_to(exploration.spin_was_cut);
    exploration.pending = count_if_any(json, "pending", 0);
    if (json.contains("preemptions")) json.at("preemptions").get_to(exploration.preemptions);
    if (json.contains("bug_depth")) {
        exploration.depth = count_in(json, "bug_depth");
        exploration.pct_threads = count_in(json, "pct_threads");
        exploration.pct_steps = count_in(json, "pct_steps");
    }
    const bool knows_all = exploration.executions > 0 && exploration.because == "all" &&
                           exploration.limit.empty() && exploration.pending == 0 &&
                           exploration.preemptions < 0 &&
                           (exploration.strategy == "dpor" || exploration.strategy == "every");
    if (exploration.exhausted && !knows_all)
        throw std::runtime_error("an exploration that met a limit says that it is exhausted");
    if (exploration.first_seen > exploration.executions)
        throw std::runtime_error("something was first seen after the last execution");
    if (exploration.threads > most_threads)
        throw std::runtime_error("more threads than are ever explored");
}

void to_json(json& json, const Step& step) {
    json = {{"thread", step.thread}, {"op", step.operation}, {"atomic", step.atomic},
            {"object", step.object}, {"size", step.size},    {"in_object", step.in_object},
            {"offset", step.offset}, {"locks", step.locks},  {"stack", step.stack}};
    if (step.value) json["value"] = *step.value;
}

void from_json(const json& json, Step& step) {
    step.thread = thread_in(json);
    json.at("op").get_to(step.operation);
    json.at("atomic").get_to(step.atomic);
    json.at("object").get_to(step.object);
    step.size = static_cast<int>(std::min(count_in(json, "size"), 1LL << 30));
    json.at("in_object").get_to(step.in_object);
    step.offset = count_in(json, "offset");
    if (json.contains("value")) step.value = json.at("value").get<long long>();
    json.at("locks").get_to(step.locks);
    step.stack = stack_in(json);
}

void to_json(json& json, const ScheduleStory& story) {
    json = {{"why", story.why},     {"outcome", story.outcome},   {"shortest", story.shortest},
            {"text", story.text},   {"switches", story.switches}, {"step_count", story.step_count},
            {"steps", story.steps}, {"names", story.names},       {"threads", json::array()}};
    for (const int thread : story.threads) json["threads"].push_back({{"thread", thread}});
}

void from_json(const json& json, ScheduleStory& story) {
    json.at("why").get_to(story.why);
    json.at("outcome").get_to(story.outcome);
    json.at("shortest").get_to(story.shortest);
    json.at("text").get_to(story.text);
    story.switches = count_in(json, "switches");
    for (const auto& thread : json.at("threads")) story.threads.push_back(thread_in(thread));
    story.step_count = count_in(json, "step_count");
    json.at("steps").get_to(story.steps);
    if (json.contains("names")) json.at("names").get_to(story.names);
    if (static_cast<long long>(story.steps.size()) > story.step_count)
        throw std::runtime_error("a schedule tells more steps than it has");
    for (const auto& step : story.steps)
        if (std::find(story.threads.begin(), story.threads.end(), step.thread) ==
            story.threads.end())
            throw std::runtime_error("a step of a thread that the schedule does not have");
}

}  // namespace racepair::judge
