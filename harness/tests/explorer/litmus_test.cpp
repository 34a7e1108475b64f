// The explorer's schedules are sequentially consistent: a litmus test has these outcomes and no
// others. Data races are judged by the memory orders that the program declares.

#include <gtest/gtest.h>

#include <map>

#include "exploration.hpp"

namespace racepair::explored {
namespace {

struct Litmus {
    const char* variant;
    std::set<std::string> outcomes;
    bool races = false;
};

void PrintTo(const Litmus& litmus, std::ostream* out) { *out << litmus.variant; }

std::string name_of(const testing::TestParamInfo<Litmus>& info) {
    std::string name = info.param.variant;
    for (char& letter : name)
        if (letter == '.') letter = '_';
    return name;
}

class LitmusExplored : public testing::TestWithParam<Litmus> {};

TEST_P(LitmusExplored, HasTheseOutcomesAndRaces) {
    const auto found = explore(std::string("litmus.") + GetParam().variant);
    EXPECT_TRUE(found.exhausted()) << found;
    EXPECT_EQ(found.outcome_set(), GetParam().outcomes);
    EXPECT_EQ(found.findings(),
              GetParam().races ? std::set<std::string>{"data-race"} : std::set<std::string>{})
        << found;
}

const std::set<std::string> store_buffering{"0 1", "1 0", "1 1"};
const std::set<std::string> load_buffering{"0 0", "0 1", "1 0"};
const std::set<std::string> two_times_two{"1 2", "2 1", "2 2"};

// All sixteen, but that the readers see the two writes in different orders.
std::set<std::string> independent_reads() {
    std::set<std::string> all;
    for (int bits = 0; bits < 16; ++bits) {
        const auto bit = [bits](int at) { return std::to_string(bits >> at & 1); };
        all.insert(bit(3) + " " + bit(2) + " " + bit(1) + " " + bit(0));
    }
    all.erase("1 0 1 0");
    return all;
}

// Where a value was handed over and yet nothing is ordered, the report says which order is missing.
TEST(LitmusExplored, NamesTheMissingOrder) {
    const std::map<std::string, std::string> missing{
        {"relaxed", "the store does not release and the load does not acquire: no order"},
        {"release_relaxed", "the load does not acquire what the store releases: no order"},
        {"relaxed_acquire", "the store does not release: no order"},
        {"only_release_fence", "the load does not acquire what the store releases: no order"},
        {"only_acquire_fence", "the store does not release: no order"},
        {"fences_the_wrong_way",
         "the store does not release and the load does not acquire: no order"},
        {"neighbour_publishes", "the store does not release: no order"},
        {"fence_too_early", "the store does not release: no order"},
        {"broken_release_sequence", ""},  // by way of a third thread
        {"before_the_join", ""}};
    for (const auto& [variant, words] : missing) {
        const auto report = explore("litmus.racing." + variant).last("report");
        EXPECT_EQ(report.value("what", "no record"), words) << variant;
        EXPECT_EQ(report.at("handover").size(), words.empty() ? 0u : 2u) << variant;
    }
}

INSTANTIATE_TEST_SUITE_P(Atomic, LitmusExplored,
                         testing::Values(Litmus{"atomic.sb_relaxed", store_buffering},
                                         Litmus{"atomic.sb_release_acquire", store_buffering},
                                         Litmus{"atomic.sb_seq_cst", store_buffering},
                                         Litmus{"atomic.lb_relaxed", load_buffering},
                                         Litmus{"atomic.lb_release_acquire", load_buffering},
                                         Litmus{"atomic.iriw_relaxed", independent_reads()},
                                         Litmus{"atomic.iriw_seq_cst", independent_reads()},
                                         Litmus{"atomic.corr_relaxed",
                                                {"0 0", "0 1", "0 2", "1 1", "1 2", "2 2"}},
                                         Litmus{"atomic.2_2w_relaxed", two_times_two},
                                         Litmus{"atomic.2_2w_seq_cst", two_times_two}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Ordered, LitmusExplored,
                         testing::Values(Litmus{"ordered.release_acquire", {"-1", "1"}},
                                         Litmus{"ordered.seq_cst", {"-1", "1"}},
                                         Litmus{"ordered.fences", {"-1", "1"}},
                                         Litmus{"ordered.fences_acq_rel", {"-1", "1"}},
                                         Litmus{"ordered.fences_seq_cst", {"-1", "1"}},
                                         Litmus{"ordered.release_sequence", {"-1", "1"}},
                                         Litmus{"ordered.release_sequence_acq_rel", {"-1", "1"}},
                                         Litmus{"ordered.neighbour_overwrites", {"-1", "1"}},
                                         Litmus{"ordered.join", {"2"}},
                                         Litmus{"ordered.neighbours", {"1 2"}}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Racing, LitmusExplored,
                         testing::Values(Litmus{"racing.relaxed", {"-1", "1"}, true},
                                         Litmus{"racing.release_relaxed", {"-1", "1"}, true},
                                         Litmus{"racing.relaxed_acquire", {"-1", "1"}, true},
                                         Litmus{"racing.only_acquire_fence", {"-1", "1"}, true},
                                         Litmus{"racing.only_release_fence", {"-1", "1"}, true},
                                         Litmus{"racing.fences_the_wrong_way", {"-1", "1"}, true},
                                         Litmus{
                                             "racing.broken_release_sequence", {"-1", "1"}, true},
                                         Litmus{"racing.neighbour_publishes", {"-1", "1"}, true},
                                         Litmus{"racing.fence_too_early", {"-1", "1"}, true},
                                         Litmus{"racing.named_functions", {"-1", "1"}, true},
                                         Litmus{"racing.before_the_join", {"0", "1"}, true},
                                         Litmus{"racing.plain_sb", store_buffering, true}),
                         name_of);

}  // namespace
}  // namespace racepair::explored
