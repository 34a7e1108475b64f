#include "explorer/clock.hpp"

#include <gtest/gtest.h>

namespace racepair::explorer {
namespace {

TEST(ThreadSets, FindEachMember) {
    for (const ThreadSet set :
         {ThreadSet{1}, only(63), only(7) | only(8), ~ThreadSet{0},
          ThreadSet{0xF0F0'0000'1234'8001}, ThreadSet{0x8000'0000'0000'0001}}) {
        unsigned before = 0;
        for (ThreadSet left = set; left != 0; left &= left - 1)
            EXPECT_EQ(nth_of(set, before++), first_of(left)) << std::hex << set;
    }
}

}  // namespace
}  // namespace racepair::explorer
