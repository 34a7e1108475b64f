// What the doctor says of set-ups whose silence means nothing. Only for builds with
// ThreadSanitizer.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "answer_checks.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::lying {
namespace {

using nlohmann::json;

Answer ask_doctor(const std::string& subject, const std::string& tsan_options = "",
                  bool as_json = false) {
    Call question{.arguments = {"doctor", subject}};
    if (as_json) question.arguments.emplace_back("--json");
    if (!tsan_options.empty()) question.environment["TSAN_OPTIONS"] = tsan_options;
    return call(question);
}

/// The doctor finds something bad about `name`, says how to mend it, and says the same as JSON.
void expect_bad(const std::string& subject, const std::string& tsan_options,
                const std::string& name, const std::string& seen) {
    const auto for_people = ask_doctor(subject, tsan_options);
    EXPECT_EQ(for_people.exit_code, judge::exit_untrustworthy) << for_people.text;
    EXPECT_TRUE(for_people.says("bad     " + name)) << for_people.text;
    EXPECT_TRUE(for_people.says("fix: ")) << for_people.text;

    const auto for_programs = ask_doctor(subject, tsan_options, true);
    EXPECT_EQ(for_programs.exit_code, judge::exit_untrustworthy);
    const auto document = json::parse(for_programs.text, nullptr, false);
    ASSERT_FALSE(document.is_discarded()) << for_programs.text;
    const auto& findings = document.at("findings");
    EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [&](const json& finding) {
        return finding.at("name") == name && finding.at("state") == "bad" &&
               finding.at("fix") != "" &&
               finding.at("seen").get<std::string>().find(seen) != std::string::npos;
    })) << for_programs.text;
}

TEST(Doctor, IsContentWithAnHonestSubject) {
    const auto answer = ask_doctor(RACEPAIR_HONEST);
    EXPECT_EQ(answer.exit_code, judge::exit_as_expected) << answer.text;
    EXPECT_FALSE(answer.says("bad ")) << answer.text;
    EXPECT_FALSE(
        json::parse(ask_doctor(RACEPAIR_HONEST, "", true).text, nullptr, false).is_discarded());
}

TEST(Doctor, SeesThatASubjectIsLinkedButNotCompiled) {
    expect_bad(RACEPAIR_LINKED_NOT_COMPILED, "", "instrumentation",
               "compiled with -fsanitize=thread: no");
    expect_bad(RACEPAIR_LINKED_NOT_COMPILED, "", "canary", "NOT_INSTRUMENTED");
}

TEST(Doctor, SeesThatTheCanaryIsSilenced) {
    const TemporaryDirectory directory;
    expect_bad(RACEPAIR_HONEST,
               "suppressions='" + directory.write("all", "race:std::thread\n") + "'", "canary",
               "TOOL_ERROR");
}

TEST(Doctor, SeesAMisspeltOption) {
    expect_bad(RACEPAIR_HONEST, "halt_on_eror=1", "TSAN_OPTIONS", "did you mean halt_on_error?");
}

TEST(Doctor, SeesThatTheRuntimeDoesNotStart) {
    expect_bad(RACEPAIR_HONEST, "suppressions=/no/such/file", "subject",
               "does not exist or cannot be read");
}

#ifdef RACEPAIR_ALL_IGNORED
TEST(Doctor, SeesThatAnIgnorelistBlindsTheSubject) {
    expect_bad(RACEPAIR_ALL_IGNORED, "", "canary", "NOT_INSTRUMENTED");
}
#endif

}  // namespace
}  // namespace racepair::lying
