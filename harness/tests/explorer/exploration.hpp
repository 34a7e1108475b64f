#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "judge/subject_process.hpp"

namespace racepair::explored {

using Words = std::vector<std::string>;
using Json = nlohmann::ordered_json;

/// What an exploration left as evidence, of one variant.
struct Exploration {
    std::vector<Json> records;  // in their order, without the canary's and the list of cases
    judge::Ending ending;
    std::string log;

    /// The last record of this type; an empty object if there is none.
    Json last(const std::string& type) const;
    std::vector<Json> all(const std::string& type) const;

    /// Numbers of the `explored` record; -1 where it has none of this name.
    long number(const std::string& key) const;
    long executions() const { return number("executions"); }
    bool exhausted() const { return last("explored").value("exhausted", false); }
    std::string limit() const { return last("explored").value("limit", "no record"); }
    /// What is told as trouble, all in one.
    std::string trouble() const;

    std::map<std::string, long> outcomes() const;
    std::set<std::string> outcome_set() const;
    /// The kinds of what is reported.
    std::set<std::string> findings() const;
    /// Each race as the pair of code addresses that it is between.
    std::set<std::pair<std::string, std::string>> races() const;
};

/// How a subject is run.
struct SubjectRun {
    std::string subject;
    std::string variant;
    Words words{};
    std::map<std::string, std::string> environment{};
    std::size_t memory_limit = std::size_t{8} << 30;
};

/// Runs `subject --run variant words…` and reads what it leaves.
Exploration explore(const SubjectRun& run);

/// The same, of the subject that all these tests share.
Exploration explore(const std::string& variant, const Words& words = {});

/// A `schedule` record without what differs by where the system put the program: addresses of
/// objects, and of code in shared libraries.
Json without_places(Json schedule);

/// All that a person needs to see of it when a test fails.
std::ostream& operator<<(std::ostream& out, const Exploration& exploration);

}  // namespace racepair::explored
