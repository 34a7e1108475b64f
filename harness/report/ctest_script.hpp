#pragma once

#include <string>
#include <vector>

#include "../judge/session.hpp"

namespace racepair::report {

/// How the tests of a subject are to be run by CTest.
struct CtestSettings {
    std::string judge_program;
    std::string target;                        // the subject's name in the build, for its canary
    std::string results_dir;                   // where each test leaves its results
    int seconds = 300;                         // CTest's own time-out; the judge's comes first
    std::vector<std::string> judge_options{};  // further words for the judge
    std::vector<std::string> labels{};         // further labels, of each test
    std::string suffix{};                      // of each test's name, but for the canary's
    bool only_canary = false;
};

/// A script in CTest's language that adds one test for each case and variant, and one for the
/// canary, which the others need (a fixture): if it fails, CTest does not run them.
std::string ctest_script(const judge::Session& session, const CtestSettings& settings);

}  // namespace racepair::report
