#include "exploring.hpp"

namespace racepair::judge {

std::vector<std::string> Exploring::arguments() const {
    std::vector<std::string> words = {"--strategy",         strategy,    "--seed",
                                      std::to_string(seed), "--backend", backend};
    const auto add = [&](const char* word, const std::optional<long long>& number) {
        if (!number) return;
        words.emplace_back(word);
        words.push_back(std::to_string(*number));
    };
    add("--executions", executions);
    add("--preemptions", preemptions);
    add("--depth", depth);
    if (!schedule.empty()) words.insert(words.end(), {"--schedule", schedule});
    return words;
}

std::vector<std::string> Exploring::scope_arguments() const {
    if (!scope) return {};
    return {"--threads", std::to_string(scope->threads), "--rounds", std::to_string(scope->rounds)};
}

}  // namespace racepair::judge
