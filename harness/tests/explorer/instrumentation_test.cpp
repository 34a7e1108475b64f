// What the explorer rests on, for the compiler in use: `++x` is a read and a write, each announced.

#include <gtest/gtest.h>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

TEST(Instrumentation, AnnouncesTheReadAndTheWriteOfAnIncrement) {
    const auto schedule =
        explore("counters.plain_counter.racy", {"--threads", "2", "--rounds", "1"})
            .last("schedule");
    std::map<int, std::vector<std::string>> steps;
    for (const auto& step : schedule.value("steps", Json::array()))
        steps[step.at("thread").get<int>()].push_back(step.at("op").get<std::string>());
    ASSERT_EQ(steps.size(), 2u) << schedule.dump(1);
    for (const auto& [thread, taken] : steps)
        EXPECT_EQ(taken, (std::vector<std::string>{"read", "write"}))
            << "thread " << thread
            << ": this compiler leaves out the read of ++x, or folds the loop. With clang it takes "
               "-mllvm -tsan-instrument-read-before-write=1, and with each compiler -O0; see "
               "harness/explorer/CMakeLists.txt";
}

}  // namespace
}  // namespace racepair::explored
