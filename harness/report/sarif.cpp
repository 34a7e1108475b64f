#include "sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "../judge/clean_text.hpp"
#include "../judge/place.hpp"
#include "../judge/signature.hpp"
#include "alert.hpp"

namespace racepair::report {
namespace {

using namespace judge;
using Json = nlohmann::ordered_json;

std::string clean(const std::string& text) { return clean_text(clip_text(text, 4000)); }
Json message(const std::string& text) { return {{"text", clean(text)}}; }

/// A path as a URI reference: percent-encoded, but for what RFC 3986 lets a path hold.
std::string uri_of(const std::string& path) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";
    std::string uri;
    for (const char letter : path)
        uri += plain.find(letter) != std::string_view::npos
                   ? std::string(1, letter)
                   : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    return uri;
}

class Writer {
   public:
    Writer(const Results& results, const std::string& folder)
        : results_(results), folder_(folder) {}

    Json document() {
        auto results = Json::array();
        const auto alerts = alerts_of(results_.results);
        for (const auto& alert : alerts) results.push_back(result_of(alert));
        const bool trusted = std::none_of(results_.results.begin(), results_.results.end(),
                                          [](const Result& result) {
                                              return result.verdict == Verdict::tool_error ||
                                                     result.verdict == Verdict::not_instrumented;
                                          });
        Json run = {
            {"tool",
             {{"driver",
               {{"name", "racepair"},
                {"semanticVersion", RACEPAIR_VERSION},
                {"rules", std::move(rules_)}}}}},
            {"invocations", Json::array({{{"commandLine", clean(results_.command)},
                                          {"executionSuccessful", trusted}}})},
            {"originalUriBaseIds", {{"SRCROOT", {{"uri", "file://" + uri_of(folder_) + "/"}}}}},
            {"columnKind", "unicodeCodePoints"},
            {"results", std::move(results)}};
        return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Json::array({std::move(run)})}};
    }

   private:
    /// The rule's index; it is told when it is first used.
    std::size_t rule_of(const Alert& alert) {
        const auto [found, is_new] = indices_.try_emplace(alert.rule, rules_.size());
        if (is_new) {
            const auto short_text =
                alert.report != nullptr
                    ? "A detector reported a " + alert.rule + " where none is expected."
                    : "The verdict is " + alert.rule + ", which is not what the case expects.";
            rules_.push_back({{"id", clean(alert.rule)},
                              {"shortDescription", message(short_text)},
                              {"fullDescription", message(why_it_matters(alert.result->verdict))},
                              {"defaultConfiguration", {{"level", "error"}}}});
        }
        return found->second;
    }

    Json physical(const std::string& file, int line) const {
        const auto path = path_below(folder_, file);
        Json artifact = {{"uri", (path.starts_with('/') ? "file://" : "") + uri_of(path)}};
        if (!path.starts_with('/')) artifact["uriBaseId"] = "SRCROOT";
        Json place = {{"artifactLocation", std::move(artifact)}};
        if (line > 0) place["region"] = {{"startLine", line}};
        return place;
    }

    Json location(const Frame& frame, const std::string& text) const {
        Json made = Json::object();
        if (!frame.file.empty() && frame.file[0] != '<')
            made["physicalLocation"] = physical(frame.file, frame.line);
        if (!frame.function.empty())
            made["logicalLocations"] = Json::array(
                {{{"fullyQualifiedName", clean(frame.function)}, {"kind", "function"}}});
        if (!text.empty()) made["message"] = message(text);
        return made;
    }

    static std::string text_of_access(const Access& access) {
        return fmt::format("{}{} of {} byte{}, thread {}", access.atomic ? "atomic " : "",
                           access.write ? "write" : "read", access.size,
                           access.size == 1 ? "" : "s", access.thread);
    }

    /// From where the thread began to the access.
    Json thread_flow(const std::vector<Frame>& stack, const std::string& id,
                     const std::string& text) const {
        auto steps = Json::array();
        for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame)
            steps.push_back(
                {{"location", location(*frame, &*frame == &stack.front() ? text : "calls")},
                 {"nestingLevel", steps.size()}});
        return {{"id", id}, {"message", message(text)}, {"locations", std::move(steps)}};
    }

    /// The places of a report, and its stacks.
    void add_report(const Report& report, Json& result) const {
        auto related = Json::array();
        auto flows = Json::array();
        const auto add = [&](const std::vector<Frame>& stack, const std::string& text) {
            if (stack.empty()) return;
            const Frame* frame = culprit(stack);
            auto place = location(frame != nullptr ? *frame : stack.front(), text);
            place["id"] = related.size() + 1;
            related.push_back(std::move(place));
            flows.push_back(thread_flow(stack, std::to_string(flows.size() + 1), text));
        };
        for (const auto& access : report.accesses) add(access.stack, text_of_access(access));
        for (const auto& stack : report.stacks) add(stack, "stack");
        if (related.empty()) return;
        result["relatedLocations"] = std::move(related);
        result["codeFlows"] = Json::array({{{"threadFlows", std::move(flows)}}});
    }

    Json result_of(const Alert& alert) {
        const auto place = alert.place();
        Json result = {
            {"ruleId", clean(alert.rule)},
            {"ruleIndex", rule_of(alert)},
            {"level", "error"},
            {"message", message(alert.message())},
            {"locations", Json::array({{{"physicalLocation", physical(place.file, place.line)}}})}};
        if (alert.report != nullptr) add_report(*alert.report, result);
        result["partialFingerprints"] = {{"raceSignature/v1", fingerprint_of(alert.signature)}};
        result["properties"] = {{"signature", clean(alert.signature)},
                                {"reproduce", clean(alert.result->reproduce)}};
        return result;
    }

    const Results& results_;
    const std::string& folder_;
    Json rules_ = Json::array();
    std::map<std::string, std::size_t> indices_;
};

}  // namespace

std::string sarif_of(const Results& results, const std::string& folder) {
    return Writer(results, folder).document().dump(1) + "\n";
}

}  // namespace racepair::report
