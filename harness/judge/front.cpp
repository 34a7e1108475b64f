#include "front.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace racepair::judge {
namespace {

struct Hooks {
    std::function<void(const std::string&)> on_begin;
    Front::OnResult on_result;
    std::vector<Result> results;
};
Hooks hooks;

/// One variant as a GoogleTest test.
class VariantTest : public testing::Test {
   public:
    VariantTest(const Session& session, const CaseInfo& info, const VariantInfo& variant)
        : session_(session), info_(info), variant_(variant) {}

   private:
    void TestBody() override {
        hooks.on_begin(info_.name + "." + variant_.name);
        Result result = session_.judge(info_, variant_);
        RecordProperty("verdict", text_of(result.verdict));
        RecordProperty("expectation", text_of(result.expectation.stance));
        RecordProperty("detector", result.detector);
        RecordProperty("trials", std::to_string(result.trials));
        if (!result.as_expected)
            ADD_FAILURE_AT(info_.file.c_str(), info_.line)
                << text_of(result.verdict) << ", expected: " << text_of(result.expectation.stance)
                << "\n"
                << result.seen << "\nreproduce: " << result.reproduce;
        hooks.on_result(result);
        hooks.results.push_back(std::move(result));
    }

    const Session& session_;
    const CaseInfo& info_;
    const VariantInfo& variant_;
};

}  // namespace

Front::Front(std::vector<std::string> gtest_arguments) {
    std::vector<char*> arguments;
    gtest_arguments.insert(gtest_arguments.begin(), "racepair");
    for (auto& argument : gtest_arguments) arguments.push_back(argument.data());
    int count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    testing::InitGoogleTest(&count, arguments.data());
    if (count > 1) unknown_flag_ = arguments[1];
    // GoogleTest leaves out what is called DISABLED_…, and nobody would see that it was never
    // judged.
    testing::GTEST_FLAG(also_run_disabled_tests) = true;
    // GoogleTest's own printer would call a deliberate race "[ OK ]" and a failure by its source
    // line only.
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
}

void Front::add(const Session& session, bool canary) {
    for (const auto& info : session.cases()) {
        if ((info.name == "racepair.canary") != canary) continue;
        for (const auto& variant : info.variants)
            testing::RegisterTest(info.name.c_str(), variant.name.c_str(), nullptr, nullptr,
                                  info.file.c_str(), info.line,
                                  [&session, &info, &variant]() -> testing::Test* {
                                      return new VariantTest(session, info, variant);
                                  });
    }
}

std::vector<Result> Front::run(const std::function<void(const std::string&)>& on_begin,
                               const OnResult& on_result) {
    hooks = {on_begin, on_result, {}};
    // The status is ours to find: GoogleTest's is 0 when nothing ran.
    [[maybe_unused]] const int status = RUN_ALL_TESTS();
    return std::move(hooks.results);
}

bool Front::only_lists() const { return testing::GTEST_FLAG(list_tests); }

}  // namespace racepair::judge
