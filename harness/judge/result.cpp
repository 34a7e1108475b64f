#include "result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>
#include <utility>

#include "clean_text.hpp"
#include "evidence_json.hpp"
#include "whole_file.hpp"

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
    if (!result.suppressed.empty()) document["suppressed"] = result.suppressed;
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
    if (from.contains("suppressed")) from.at("suppressed").get_to(result.suppressed);
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
    // A subject's log may hold any bytes; what is not UTF-8 is replaced.
    const auto text_of = [](const json& value) {
        return value.dump(-1, ' ', false, json::error_handler_t::replace);
    };
    // A result at a time: the values of JSON need many times the memory of their text.
    auto text = text_of({{"racepair_results", Results::version},
                         {"judge_version", results.judge_version},
                         {"command", results.command}});
    text.pop_back();
    text += ",\"results\":[";
    const char* separator = "\n";
    for (const auto& result : results.results) {
        text += separator + text_of(to_json(result));
        separator = ",\n";
    }
    write_whole(path, text + "\n]}\n");
}

namespace {

/// Larger than what 113 cases leave under nine detectors, all in one file.
constexpr std::size_t most_bytes = 190'000'000;
/// Deeper than any that it has written.
constexpr int most_depth = 32;

/// A name that a file made up could be taken for another one's.
void must_fit_together(const Result& result) {
    if (result.name != result.info.name + "." + result.variant)
        throw std::runtime_error("'" + result.name + "' is not the variant that it says it is");
    result.variant_info();
    const auto& cells = result.cells;
    for (const long long count :
         {result.told, result.trials, result.microseconds, cells.flagged_wrong, cells.flagged_right,
          cells.silent_wrong, cells.silent_right})
        if (count < 0)
            throw std::runtime_error(fmt::format("{} counts {} of something", result.name, count));
}

/// Reads a document whatever wrote it: texts come as any terminal may show them, and no nesting
/// takes the stack. A result is taken out of the document as soon as it ends, because the values of
/// JSON need many times the memory of what they say.
class Reading {
   public:
    explicit Reading(std::string_view text) {
        document_ = json::parse(text, [&](int depth, json::parse_event_t event, json& value) {
            if (depth > most_depth) throw std::runtime_error("it is nested too deep");
            if (event == json::parse_event_t::value && value.is_string())
                value = clean_text(value.get_ref<const std::string&>());
            if (event == json::parse_event_t::value) must_convert_to_integer(value);
            if (event == json::parse_event_t::key && depth == 1)
                in_results_ = value.get_ref<const std::string&>() == "results";
            if (event != json::parse_event_t::object_end || depth != 2 || !in_results_) return true;
            take(value);
            return false;
        });
    }

    /// All but the results.
    const json& document() const { return document_; }

    /// Throws what the first result threw that could not be taken.
    std::vector<Result> results() && {
        if (fault_) std::rethrow_exception(fault_);
        // What is left there was no object, and is refused with the right words.
        for (const auto& each : document_.at("results")) result_of(each);
        return std::move(results_);
    }

   private:
    void take(const json& value) {
        if (fault_) return;
        try {
            results_.push_back(result_of(value));
            must_fit_together(results_.back());
        } catch (...) {
            fault_ = std::current_exception();  // it may be of another version: that is told first
        }
    }

    json document_;
    bool in_results_ = false;
    std::vector<Result> results_;
    std::exception_ptr fault_;
};

}  // namespace

Results parse_results(std::string_view text, const std::string& path) {
    const auto refuse = [&](const std::string& why) -> std::runtime_error {
        return std::runtime_error(fmt::format("{} is no document of results: {}", path, why));
    };
    try {
        Reading reading(text);
        const json& document = reading.document();
        if (!document.is_object() || !document.contains("racepair_results"))
            throw refuse(
                "it does not say \"racepair_results\": another program has written it\n"
                "Next: racepair judge SUBJECT --results FILE writes one");
        const int version = document.at("racepair_results");
        if (version != Results::version)
            throw refuse(fmt::format("it is of version {}, this racepair ({}) reads {}\nNext: {}",
                                     version, RACEPAIR_VERSION, Results::version,
                                     version > Results::version
                                         ? "read it with the racepair that wrote it, or a newer"
                                         : "judge again, with this racepair"));
        Results results;
        document.at("judge_version").get_to(results.judge_version);
        document.at("command").get_to(results.command);
        results.results = std::move(reading).results();
        return results;
    } catch (const json::parse_error& wrong) {
        const bool is_cut = wrong.byte > text.size();
        throw refuse(
            is_cut
                ? fmt::format("it ends in the middle, after {} bytes\nNext: write it again; what "
                              "wrote it was ended, or the disk is full",
                              text.size())
                : fmt::format("it is not JSON at byte {}", wrong.byte));
    } catch (const json::exception& wrong) {
        // The library's words begin with a name of its own, in brackets.
        const std::string_view words = wrong.what();
        throw refuse("something in it is missing, or is of another type: " +
                     std::string(words.substr(words.find("] ") + 2)));
    } catch (const std::invalid_argument& wrong) {
        throw refuse(wrong.what());
    } catch (const std::bad_alloc&) {
        throw refuse("there is not enough memory for it");
    } catch (const std::runtime_error& wrong) {
        const std::string why = wrong.what();
        throw why.starts_with(path) ? wrong : refuse(why);
    }
}

Results read_results(const std::string& path) {
    std::string text;
    try {
        text = read_whole(path, most_bytes);
    } catch (const std::runtime_error& wrong) {
        throw std::runtime_error(std::string(wrong.what()) +
                                 "\nNext: racepair judge … --results FILE makes such a file; judge "
                                 "fewer cases where it is too large");
    }
    return parse_results(text, path);
}

}  // namespace racepair::judge
