#include <gtest/gtest.h>

#include <thread>

#include "tally.hpp"

namespace {

TEST(Tally, CountsVotesOfTwoThreads) {
    Tally tally;
    std::thread other([&] { tally.vote(); });
    tally.vote();
    other.join();
    EXPECT_EQ(tally.votes(), 2);
}

}  // namespace
