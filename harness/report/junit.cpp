#include "junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "../judge/clean_text.hpp"
#include "../judge/signature.hpp"
#include "console.hpp"
#include "lane.hpp"

namespace racepair::report {
namespace {

using namespace judge;

constexpr std::size_t most_bytes_a_test = 64 * 1024;
constexpr std::size_t most_bytes_a_message = 1024;

/// Nothing was judged: neither right nor wrong.
bool is_error(Verdict verdict) {
    return verdict == Verdict::tool_error || verdict == Verdict::not_instrumented ||
           verdict == Verdict::not_run || verdict == Verdict::crashed || verdict == Verdict::hung;
}

std::string seconds_of(long long microseconds) {
    return fmt::format("{:.3f}", static_cast<double>(std::max(0LL, microseconds)) / 1e6);
}

std::string signatures_of(const Result& result) {
    std::set<std::string> all;
    for (const auto& report : result.reports) all.insert(signature_of(report, result.code));
    return fmt::format("{}", fmt::join(all, "; "));
}

struct Suite {
    std::vector<const Result*> results;
    long long failures = 0;
    long long errors = 0;
    long long microseconds = 0;
};

void append_test(pugi::xml_node suite, const Result& result, const std::string& name) {
    auto test = suite.append_child("testcase");
    test.append_attribute("name") = name.c_str();
    test.append_attribute("classname") = clean_text(result.info.name).c_str();
    test.append_attribute("time") = seconds_of(result.microseconds).c_str();
    const auto verdict = judge::text_of(result.verdict);
    const auto signatures = signatures_of(result);
    const auto text = clean_text(clip_text(text_of(result, Style{}), most_bytes_a_test));
    if (result.as_expected) {
        test.append_child("system-out").text() = text.c_str();
        return;
    }
    auto failure = test.append_child(is_error(result.verdict) ? "error" : "failure");
    failure.append_attribute("type") = verdict.c_str();
    failure.append_attribute("message") =
        clean_text(clip_text(fmt::format("{}{}{}: {}", verdict, signatures.empty() ? "" : " of ",
                                         signatures, result.seen),
                             most_bytes_a_message))
            .c_str();
    failure.text() = text.c_str();
}

}  // namespace

std::string junit_of(const std::vector<Result>& results) {
    std::map<std::string, Suite> suites;
    Suite all;
    for (const auto& result : results) {
        const auto lane = lane_of(result);
        auto& suite = suites[clean_text(lane.detector + " " + lane.build)];
        suite.results.push_back(&result);
        for (auto* counted : {&suite, &all}) {
            if (!result.as_expected)
                ++(is_error(result.verdict) ? counted->errors : counted->failures);
            counted->microseconds += std::max(0LL, result.microseconds);
        }
    }

    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    auto root = document.append_child("testsuites");
    root.append_attribute("name") = "racepair";
    const auto count = [](pugi::xml_node node, std::size_t tests, const Suite& of) {
        node.append_attribute("tests") = static_cast<unsigned long long>(tests);
        node.append_attribute("failures") = of.failures;
        node.append_attribute("errors") = of.errors;
        node.append_attribute("time") = seconds_of(of.microseconds).c_str();
    };
    count(root, results.size(), all);
    for (const auto& [name, suite] : suites) {
        auto node = root.append_child("testsuite");
        node.append_attribute("name") = name.c_str();
        count(node, suite.results.size(), suite);
        // GitLab tells tests apart by class and name alone: the lane is part of it.
        std::map<std::string, int> seen;
        for (const auto* result : suite.results) {
            auto test = fmt::format("{} [{}]", clean_text(result->variant), name);
            if (const int times = ++seen[result->info.name + " " + test]; times > 1)
                test += fmt::format(" ({})", times);
            append_test(node, *result, test);
        }
    }
    std::ostringstream out;
    document.save(out, " ");
    return out.str();
}

}  // namespace racepair::report
