#include "result.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "evidence_json.hpp"

namespace racepair::judge {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Cells, flagged_wrong, flagged_right, silent_wrong, silent_right)

namespace {

using nlohmann::json;

json rate_json(const Rate& rate) {
    return {
        {"hits", rate.hits}, {"trials", rate.trials}, {"low", rate.low()}, {"high", rate.high()}};
}

Stance stance_of(const std::string& text) {
    for (const auto stance :
         {Stance::must_flag, Stance::must_stay_silent, Stance::blind, Stance::false_alarm})
        if (text_of(stance) == text) return stance;
    throw std::runtime_error("unknown expectation '" + text + "'");
}

json to_json(const Result& result) {
    json document = {
        {"name", result.name},
        {"case", result.info},
        {"variant", result.variant},
        {"detector", result.detector},
        {"subject", result.subject},
        {"identity", result.identity},
        {"expectation",
         {{"stance", text_of(result.expectation.stance)},
          {"why", result.expectation.why},
          {"at_most", result.expectation.at_most},
          {"wrong_anyway", result.expectation.wrong_anyway}}},
        {"verdict", text_of(result.verdict)},
        {"as_expected", result.as_expected},
        {"seen", result.seen},
        {"details", result.details},
        {"notes", result.notes},
        {"told", result.told},
        {"trials", result.trials},
        {"because", result.because},
        {"microseconds", result.microseconds},
        {"processes", result.processes},
        {"alone", result.alone},
        {"cells", result.cells},
        {"flagged", rate_json(result.cells.flagged())},
        {"wrong", rate_json(result.cells.wrong())},
        {"outcomes", result.outcomes},
        {"reports", result.reports},
        {"ending", result.ending},
        {"orphans", result.orphans},
        {"log", result.log},
        {"log_dropped", result.log_dropped},
        {"code", result.code},
        {"definition", result.definition},
        {"reproduce", result.reproduce},
    };
    if (result.explored) document["explored"] = *result.explored;
    if (result.schedule) document["schedule"] = *result.schedule;
    return document;
}

Result result_of(const json& from) {
    Result result;
    from.at("name").get_to(result.name);
    from.at("case").get_to(result.info);
    from.at("variant").get_to(result.variant);
    from.at("detector").get_to(result.detector);
    from.at("subject").get_to(result.subject);
    from.at("identity").get_to(result.identity);
    const auto& expectation = from.at("expectation");
    result.expectation = {stance_of(expectation.at("stance")), expectation.at("why"),
                          expectation.at("at_most"), expectation.at("wrong_anyway")};
    result.verdict = verdict_of(from.at("verdict").get<std::string>());
    from.at("as_expected").get_to(result.as_expected);
    from.at("seen").get_to(result.seen);
    from.at("details").get_to(result.details);
    from.at("notes").get_to(result.notes);
    from.at("told").get_to(result.told);
    from.at("trials").get_to(result.trials);
    from.at("because").get_to(result.because);
    from.at("microseconds").get_to(result.microseconds);
    from.at("processes").get_to(result.processes);
    from.at("alone").get_to(result.alone);
    from.at("cells").get_to(result.cells);
    from.at("outcomes").get_to(result.outcomes);
    from.at("reports").get_to(result.reports);
    if (from.contains("explored")) result.explored = from.at("explored").get<Exploration>();
    if (from.contains("schedule")) result.schedule = from.at("schedule").get<ScheduleStory>();
    from.at("ending").get_to(result.ending);
    from.at("orphans").get_to(result.orphans);
    from.at("log").get_to(result.log);
    from.at("log_dropped").get_to(result.log_dropped);
    from.at("code").get_to(result.code);
    from.at("definition").get_to(result.definition);
    from.at("reproduce").get_to(result.reproduce);
    return result;
}

}  // namespace

const VariantInfo& Result::variant_info() const {
    const auto found =
        std::find_if(info.variants.begin(), info.variants.end(),
                     [&](const VariantInfo& other) { return other.name == variant; });
    if (found == info.variants.end())
        throw std::runtime_error(name + " is not a variant of its own case");
    return *found;
}

void write_results(const Results& results, const std::string& path) {
    json document = {{"racepair_results", Results::version},
                     {"judge_version", results.judge_version},
                     {"command", results.command},
                     {"results", json::array()}};
    for (const auto& result : results.results) document["results"].push_back(to_json(result));

    const std::filesystem::path place(path);
    const std::string beside = fmt::format("{}.{}.part", path, getpid());
    std::error_code error;
    if (place.has_parent_path()) std::filesystem::create_directories(place.parent_path(), error);
    std::ofstream out(beside, std::ios::binary);
    // A subject's log may hold any bytes; what is not UTF-8 is replaced.
    out << document.dump(1, ' ', false, json::error_handler_t::replace) << '\n';
    out.close();
    if (out.fail()) {
        std::filesystem::remove(beside, error);
        throw std::runtime_error("cannot write the results to " + path +
                                 ": is the folder there, and is it yours?");
    }
    std::filesystem::rename(beside, place, error);
    if (error) {
        const std::string cause = error.message();
        std::filesystem::remove(beside, error);
        throw std::runtime_error("cannot write the results to " + path + ": " + cause);
    }
}

Results read_results(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path +
                                 ": racepair judge … --results FILE makes such a file");
    try {
        const json document = json::parse(in);
        const int version = document.at("racepair_results");
        if (version != Results::version)
            throw std::runtime_error(
                fmt::format("is of version {}, this racepair reads {}", version, Results::version));
        Results results;
        document.at("judge_version").get_to(results.judge_version);
        document.at("command").get_to(results.command);
        for (const auto& each : document.at("results")) results.results.push_back(result_of(each));
        return results;
    } catch (const std::exception& wrong) {
        throw std::runtime_error(path + " is no document of results: " + wrong.what());
    }
}

}  // namespace racepair::judge
