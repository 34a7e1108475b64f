#include "exploration.hpp"

#include <ostream>
#include <sstream>

namespace racepair::explored {
namespace {

bool belongs_to(const Json& record, const std::string& variant) {
    if (record.contains("variant")) return record["variant"] == variant;
    return record.value("record", "") == "trouble";
}

std::string place_of(const Json& access) {
    const auto& stack = access.at("stack");
    return stack.empty() ? "" : stack.front().value("pc", "");
}

}  // namespace

Json Exploration::last(const std::string& type) const {
    for (auto record = records.rbegin(); record != records.rend(); ++record)
        if (record->value("record", "") == type) return *record;
    return Json::object();
}

std::vector<Json> Exploration::all(const std::string& type) const {
    std::vector<Json> found;
    for (const auto& record : records)
        if (record.value("record", "") == type) found.push_back(record);
    return found;
}

long Exploration::number(const std::string& key) const { return last("explored").value(key, -1L); }

std::string Exploration::trouble() const {
    std::string all_of_it;
    for (const auto& record : all("trouble")) all_of_it += record.value("what", "") + "\n";
    return all_of_it;
}

std::map<std::string, long> Exploration::outcomes() const {
    std::map<std::string, long> counts;
    for (const auto& record : all("trials"))
        for (const auto& outcome : record.at("outcomes"))
            counts[outcome.at("outcome").get<std::string>()] += outcome.at("count").get<long>();
    return counts;
}

std::set<std::string> Exploration::outcome_set() const {
    std::set<std::string> seen;
    for (const auto& [outcome, count] : outcomes()) seen.insert(outcome);
    return seen;
}

std::set<std::string> Exploration::findings() const {
    std::set<std::string> kinds;
    for (const auto& report : all("report")) kinds.insert(report.at("kind").get<std::string>());
    return kinds;
}

std::set<std::pair<std::string, std::string>> Exploration::races() const {
    std::set<std::pair<std::string, std::string>> places;
    for (const auto& report : all("report")) {
        if (report.at("kind") != "data-race") continue;
        const auto& accesses = report.at("accesses");
        places.insert(std::minmax(place_of(accesses.at(0)), place_of(accesses.at(1))));
    }
    return places;
}

Exploration explore(const SubjectRun& run) {
    judge::Launch launch;
    launch.command = {run.subject, "--run", run.variant};
    launch.command.insert(launch.command.end(), run.words.begin(), run.words.end());
    launch.environment = run.environment;
    launch.memory_limit = run.memory_limit;
    launch.time_limit = std::chrono::minutes(4);
    auto traces = judge::run(launch);
    Exploration exploration;
    exploration.ending = std::move(traces.ending);
    exploration.log = std::move(traces.log);
    std::istringstream lines(traces.evidence);
    for (std::string line; std::getline(lines, line);) {
        auto record = Json::parse(line, nullptr, false);
        if (record.is_discarded())
            record = {{"record", "trouble"}, {"what", "a line of evidence is no JSON: " + line}};
        if (belongs_to(record, run.variant)) exploration.records.push_back(std::move(record));
    }
    return exploration;
}

Exploration explore(const std::string& variant, const Words& words) {
    return explore(SubjectRun{RACEPAIR_EXPLORED, variant, words});
}

Json without_places(Json schedule) {
    const auto is_of_program = [](const Json& address) {
        return std::stoull(address.get<std::string>(), nullptr, 16) < 1ull << 32;
    };
    for (auto& thread : schedule["threads"])
        if (!is_of_program(thread["created_at"])) thread.erase("created_at");
    for (auto& step : schedule["steps"]) {
        step.erase("object");
        step.erase("locks");
        auto& calls = step["calls"];
        for (std::size_t i = calls.size(); i-- > 0;)
            if (!is_of_program(calls[i])) calls.erase(i);
        if (!is_of_program(step["pc"])) step.erase("pc");
    }
    return schedule;
}

std::ostream& operator<<(std::ostream& out, const Exploration& exploration) {
    for (const auto& record : exploration.records)
        if (record.value("record", "") != "schedule") out << record.dump() << '\n';
    return out << exploration.log;
}

}  // namespace racepair::explored
