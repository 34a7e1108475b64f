#include "judge/symbols.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <link.h>

#include <array>
#include <atomic>

#include "judge/object_names.hpp"

namespace symbols_sample {

struct Pair {
    int left = 0;
    std::atomic<int> right = 0;
};

struct Counter {
    long before = 0;
    int slots[4] = {};
    unsigned char last = 0;
    std::array<Pair, 2> pairs = {};
    inline static long shared = 0;
    [[gnu::noinline]] void* add() {
        ++slots[0];
        return __builtin_return_address(0);
    }
};

constexpr int line_of_inlined = __LINE__ + 1;
[[gnu::always_inline]] inline void* inlined(Counter& counter) { return counter.add(); }
constexpr int line_of_call_inlined = __LINE__ + 1;
[[gnu::noinline]] void* call_inlined(Counter& counter) { return inlined(counter); }

constexpr int line_of_call = __LINE__ + 1;
[[gnu::noinline]] void* call(Counter& counter) { return counter.add(); }

}  // namespace symbols_sample

namespace racepair::judge {
namespace {

const std::string self = "/proc/self/exe";

/// Relative to the program's file, one before the return address: as the explorer tells it.
std::uint64_t call_site(void* (*call)(symbols_sample::Counter&) = symbols_sample::call) {
    symbols_sample::Counter counter;
    std::uintptr_t base = 0;
    dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* found) {
            *static_cast<std::uintptr_t*>(found) = info->dlpi_addr;
            return 1;
        },
        &base);
    return reinterpret_cast<std::uintptr_t>(call(counter)) - base - 1;
}

TEST(Symbols, NamesFunctionFileAndLine) {
    const auto frames = Symbols(self).frames_at(call_site());
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames[0].function, "symbols_sample::call(symbols_sample::Counter&)");
    EXPECT_EQ(frames[0].file, __FILE__);
    EXPECT_EQ(frames[0].line, symbols_sample::line_of_call);
}

TEST(Symbols, NamesAnInlinedCallAndWhoMadeIt) {
    const auto frames = Symbols(self).frames_at(call_site(symbols_sample::call_inlined));
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_EQ(frames[0].function, "symbols_sample::inlined(symbols_sample::Counter&)");
    EXPECT_EQ(frames[0].line, symbols_sample::line_of_inlined);
    EXPECT_EQ(frames[1].function, "symbols_sample::call_inlined(symbols_sample::Counter&)");
    EXPECT_EQ(frames[1].line, symbols_sample::line_of_call_inlined);
    EXPECT_EQ(frames[1].file, __FILE__);
}

TEST(Symbols, NothingIsNamedThatIsNotInTheFile) {
    const Symbols symbols(self);
    EXPECT_TRUE(symbols.frames_at(0xffff'ffff'ffff).empty());
    EXPECT_TRUE(symbols.frames_at(0).empty());
    EXPECT_TRUE(Symbols("/nowhere").frames_at(call_site()).empty());
    EXPECT_TRUE(Symbols("/etc/passwd").frames_at(call_site()).empty());
}

TEST(Symbols, DropsFramesOfElsewhereAndKeepsNamedOnes) {
    const Frame named = {"f()", "/cases/a.cpp", 3, "0x1"};
    const auto here = fmt::format("{:#x}", call_site());
    std::vector<Frame> stack = {{"", "", 0, "0x7fff00000000"},
                                named,
                                {"", "", 0, here},
                                {"", "", 0, "hello"},
                                {"", "", 0, ""}};
    Symbols(self).name(stack);
    ASSERT_EQ(stack.size(), 2u);
    EXPECT_EQ(stack[0].function, "f()");
    EXPECT_EQ(stack[1].line, symbols_sample::line_of_call);
    EXPECT_EQ(stack[1].pc, here);
}

TEST(Symbols, FindsTheMemberAtAnOffset) {
    const Symbols symbols(self);
    const std::string type = "symbols_sample::Counter";
    EXPECT_EQ(symbols.member_at(type, 0), "before");
    EXPECT_EQ(symbols.member_at(type, 7), "before");
    EXPECT_EQ(symbols.member_at(type, 8), "slots[0]");
    EXPECT_EQ(symbols.member_at(type, 20), "slots[3]");
    EXPECT_EQ(symbols.member_at(type, 24), "last");
    EXPECT_EQ(symbols.member_at(type, 25), std::nullopt) << "padding";
    EXPECT_EQ(symbols.member_at(type, 28), "pairs[0].left");
    EXPECT_EQ(symbols.member_at(type, 40), "pairs[1].right");
    EXPECT_EQ(symbols.member_at(type, 4000), std::nullopt);
    EXPECT_EQ(symbols.member_at("symbols_sample::Nobody", 0), std::nullopt);
    EXPECT_EQ(symbols.member_at("Counter", 0), std::nullopt) << "the whole name counts";
}

TEST(ObjectNames, AreMembersOffsetsOrNumbers) {
    ScheduleStory story;
    const auto step = [](const char* object, bool inside, long long offset) {
        Step made;
        made.operation = "read";
        made.object = object;
        made.in_object = inside;
        made.offset = offset;
        return made;
    };
    story.steps = {step("0x1000", true, 0), step("0x1019", true, 25), step("0x5000", false, 0),
                   step("0x6000", false, 0), step("0x1000", true, 0)};
    story.steps[0].locks = {"0x1018", "0x7000"};
    name_objects(story, "symbols_sample::Counter", Symbols(self));
    EXPECT_EQ(story.names["0x1000"], "before");
    EXPECT_EQ(story.names["0x1019"], "+25 in Counter");
    EXPECT_EQ(story.names["0x5000"], "object 1");
    EXPECT_EQ(story.names["0x6000"], "object 2");
    EXPECT_EQ(story.names["0x1018"], "last") << "a lock in the object, taken without a step";
    EXPECT_EQ(story.names["0x7000"], "object 3");
}

}  // namespace
}  // namespace racepair::judge
