#include "channels/channel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

namespace channels {
namespace {

using namespace std::chrono_literals;

// Long enough for a mistake to show, and never what a right channel is waited for.
constexpr auto a_while = 20ms;

template <class Condition>
void wait_until(Condition holds) {
    while (!holds()) std::this_thread::yield();
}

TEST(Channel, KeepsAsManyValuesAsItsCapacityInOrder) {
    channel<int> kept(2);
    EXPECT_TRUE(kept.try_send(1));
    EXPECT_TRUE(kept.try_send(2));
    EXPECT_FALSE(kept.try_send(3));
    EXPECT_EQ(kept.receive(), 1);
    EXPECT_TRUE(kept.try_send(4));
    EXPECT_EQ(kept.receive(), 2);
    EXPECT_EQ(kept.receive(), 4);
    EXPECT_EQ(kept.try_receive(), std::nullopt);
}

TEST(Channel, LeavesAValueThatWasNotSentWhereItWas) {
    channel<std::unique_ptr<int>> full(0);
    auto value = std::make_unique<int>(7);
    EXPECT_FALSE(full.try_send(std::move(value)));
    ASSERT_NE(value, nullptr);
    EXPECT_FALSE(full.send_for(std::move(value), 1ms));
    ASSERT_NE(value, nullptr);
    full.close();
    EXPECT_THROW(full.try_send(std::move(value)), closed_channel);
    EXPECT_THROW(full.send_for(std::move(value), 1ms), closed_channel);
    EXPECT_EQ(*value, 7);
}

TEST(Channel, NeitherTriesWithoutSomebodyAtTheOtherEndIfUnbuffered) {
    channel<int> unbuffered;
    EXPECT_FALSE(unbuffered.try_send(1));
    EXPECT_EQ(unbuffered.try_receive(), std::nullopt);
}

TEST(Channel, SendsOnlyWhenAReceiverHasTakenTheValueIfUnbuffered) {
    channel<int> unbuffered;
    std::atomic<bool> is_sent = false;
    std::thread sending([&] { unbuffered.send(1), is_sent = true; });
    std::this_thread::sleep_for(a_while);
    EXPECT_FALSE(is_sent);
    EXPECT_EQ(unbuffered.receive(), 1);
    sending.join();
    EXPECT_TRUE(is_sent);
}

TEST(Channel, TriesSucceedWhenSomebodyWaitsAtTheOtherEnd) {
    channel<int> unbuffered;
    std::thread receiving([&] { EXPECT_EQ(unbuffered.receive(), 1); });
    wait_until([&] { return unbuffered.try_send(1); });
    receiving.join();

    std::thread sending([&] { unbuffered.send(2); });
    std::optional<int> got;
    wait_until([&] { return (got = unbuffered.try_receive()).has_value(); });
    EXPECT_EQ(got, 2);
    sending.join();
}

TEST(Channel, LetsSendersInInTheOrderInWhichTheyCame) {
    channel<int> full(1);
    full.send(0);
    std::thread sending([&] {
        for (int i = 1; i < 100; ++i) full.send(i);
        full.close();
    });
    int next = 0;
    for (int value : receiver<int>(full)) EXPECT_EQ(value, next++);
    EXPECT_EQ(next, 100);
    sending.join();
}

TEST(Channel, GivesUpItsValueAsSoonAsItIsReceived) {
    channel<std::shared_ptr<int>> kept(2);
    const auto value = std::make_shared<int>(1);
    kept.send(value);
    EXPECT_EQ(value.use_count(), 2);
    kept.receive();
    EXPECT_EQ(value.use_count(), 1);
}

TEST(Channel, CarriesWhatCanOnlyBeMoved) {
    struct Named {
        explicit Named(std::string text) : name(std::move(text)) {}
        Named(Named&&) = default;
        Named& operator=(Named&&) = default;
        std::string name;
    };
    channel<Named> kept(1);
    kept.send(Named("a name that does not fit into the object itself"));
    EXPECT_EQ(kept.receive()->name, "a name that does not fit into the object itself");
}

TEST(ClosedChannel, GivesWhatItKeepsAndThenNothing) {
    channel<int> closed(3);
    for (int i = 1; i <= 3; ++i) closed.send(i);
    closed.close();
    EXPECT_FALSE(closed.is_drained());
    EXPECT_EQ(closed.receive(), 1);
    EXPECT_EQ(closed.try_receive(), 2);
    EXPECT_EQ(closed.receive_for(0ms), 3);
    EXPECT_TRUE(closed.is_drained());
    EXPECT_EQ(closed.receive(), std::nullopt);
    EXPECT_EQ(closed.try_receive(), std::nullopt);
    EXPECT_EQ(closed.receive_for(1h), std::nullopt);
}

TEST(ClosedChannel, RefusesToBeSentToOrClosedAgain) {
    channel<int> closed(1);
    closed.close();
    EXPECT_THROW(closed.send(1), closed_channel);
    EXPECT_THROW(closed.try_send(1), closed_channel);
    EXPECT_THROW(closed.send_for(1, 1h), closed_channel);
    EXPECT_THROW(closed.close(), closed_channel);
    EXPECT_TRUE(closed.is_drained());
}

TEST(ClosedChannel, IsTheEndOfALoop) {
    channel<int> closed(3);
    for (int i = 1; i <= 3; ++i) closed.send(i);
    closed.close();
    std::vector<int> seen;
    for (int value : receiver<int>(closed)) seen.push_back(value);
    EXPECT_EQ(seen, (std::vector{1, 2, 3}));
}

TEST(ClosedChannel, EndsEveryWait) {
    channel<int> closing;
    std::atomic<int> ended = 0;
    std::vector<std::thread> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.emplace_back([&] { EXPECT_EQ(closing.receive(), std::nullopt), ++ended; });
        waiting.emplace_back([&] { EXPECT_EQ(closing.receive_for(1h), std::nullopt), ++ended; });
    }
    std::this_thread::sleep_for(a_while);
    EXPECT_EQ(ended, 0);
    closing.close();
    for (auto& thread : waiting) thread.join();
}

TEST(ClosedChannel, TakesNothingMoreFromSendersThatWaited) {
    channel<int> full(1);
    full.send(0);
    std::thread sending([&] { EXPECT_THROW(full.send(1), closed_channel); });
    std::thread in_a_hurry([&] { EXPECT_THROW(full.send_for(2, 1h), closed_channel); });
    std::this_thread::sleep_for(a_while);
    full.close();
    EXPECT_EQ(full.receive(), 0);
    EXPECT_EQ(full.receive(), std::nullopt);
    sending.join();
    in_a_hurry.join();
}

TEST(TimedReceive, EndsEmptyHandedAndLeavesNothingBehind) {
    channel<int> unbuffered;
    EXPECT_EQ(unbuffered.receive_for(1ms), std::nullopt);
    EXPECT_EQ(unbuffered.receive_for(-1s), std::nullopt);
    EXPECT_FALSE(unbuffered.is_drained());
    EXPECT_FALSE(unbuffered.try_send(1));  // nobody waits any more
}

TEST(TimedReceive, GetsWhatComesInTime) {
    channel<int> unbuffered;
    std::thread receiving([&] {
        EXPECT_EQ(unbuffered.receive_for(1h), 1);
        // Later than any clock can say.
        EXPECT_EQ(unbuffered.receive_for(std::chrono::nanoseconds::max()), 2);
    });
    unbuffered.send(1);
    unbuffered.send(2);
    receiving.join();
}

TEST(TimedSend, TakesItsValueBack) {
    channel<int> unbuffered;
    EXPECT_FALSE(unbuffered.send_for(1, 1ms));
    EXPECT_EQ(unbuffered.try_receive(), std::nullopt);

    channel<int> full(1);
    full.send(2);
    EXPECT_FALSE(full.send_for(3, 1ms));
    EXPECT_EQ(full.receive(), 2);
    EXPECT_EQ(full.try_receive(), std::nullopt);
}

TEST(TimedSend, EitherSendsOrTakesBack) {
    channel<int> unbuffered;
    int sent = 0;
    std::thread sending([&] {
        for (int i = 0; i < 300; ++i) sent += unbuffered.send_for(1, i % 50 * 1us) ? 1 : 0;
        unbuffered.close();
    });
    int received = 0;
    while (!unbuffered.is_drained()) received += unbuffered.receive_for(20us).value_or(0);
    sending.join();
    EXPECT_EQ(received, sent);
}

TEST(Select, ReceivesFromTheOneThatIsReady) {
    channel<int> numbers(1);
    channel<std::string> words(1);
    words.send("one");
    auto got = select(numbers, words);
    ASSERT_EQ(got.index(), 1U);
    EXPECT_EQ(std::get<1>(got), "one");
    numbers.send(2);
    words.send("two");
    got = select(numbers, words);
    ASSERT_EQ(got.index(), 0U) << "the first one goes first";
    EXPECT_EQ(std::get<0>(got), 2);
    EXPECT_EQ(words.try_receive(), "two") << "the other one keeps what it has";
}

TEST(Select, WaitsForTheFirstAndAsksNothingMoreOfTheOther) {
    channel<int> a, b;
    for (auto* const first : {&a, &b}) {
        std::thread selecting([&] {
            const auto got = select(a, b);
            EXPECT_EQ(got.index(), first == &a ? 0U : 1U);
        });
        wait_until([&] { return first->try_send(1); });
        selecting.join();
        EXPECT_FALSE(a.try_send(2));
        EXPECT_FALSE(b.try_send(2));
    }
}

TEST(Select, IsOneReceiverForBothChannels) {
    channel<int> a, b;
    std::atomic<int> accepted = 0;
    for (int i = 1; i <= 300; ++i) {
        std::thread selecting([&] { select(a, b); });
        // Both find the same receiver waiting; only one may have it.
        const auto offer = [&](channel<int>& to) {
            while (accepted < i)
                if (to.try_send(1)) ++accepted;
        };
        std::thread other([&] { offer(a); });
        offer(b);
        other.join();
        selecting.join();
        ASSERT_EQ(accepted, i);
    }
}

TEST(Select, SeesThatAChannelIsClosed) {
    channel<int> a, b;
    std::thread selecting([&] {
        const auto got = select(a, b);
        EXPECT_EQ(got.index(), 1U);
        EXPECT_EQ(std::get<1>(got), std::nullopt);
    });
    b.close();
    selecting.join();
    a.close();
    EXPECT_EQ(select(a, b).index(), 0U);
}

TEST(Select, MayBeGivenTheSameChannelTwice) {
    channel<int> a;
    std::thread selecting([&] { EXPECT_EQ(std::get<0>(select(a, a)), 1); });
    a.send(1);
    selecting.join();
    EXPECT_FALSE(a.try_send(2));
}

class ChannelOf : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Capacity, ChannelOf, testing::Values(0, 1, 2, 3),
                         testing::PrintToStringParamName());

TEST_P(ChannelOf, DeliversEachValueOnceToOneOfManyReceivers) {
    constexpr int threads = 4, values = 500;
    channel<int> shared(GetParam());
    std::vector<std::thread> senders, receivers;
    std::vector<std::atomic<int>> seen(threads * values);
    for (int me = 0; me < threads; ++me) {
        senders.emplace_back([&, me] {
            for (int i = 0; i < values; ++i) shared.send(me * values + i);
        });
        receivers.emplace_back([&] {
            std::vector<int> last(threads, -1);
            for (int value : receiver<int>(shared)) {
                ++seen.at(static_cast<std::size_t>(value));
                auto& before = last.at(static_cast<std::size_t>(value / values));
                EXPECT_LT(before, value) << "what one thread sends comes in order";
                before = value;
            }
        });
    }
    for (auto& thread : senders) thread.join();
    shared.close();
    for (auto& thread : receivers) thread.join();
    for (const auto& times : seen) EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace channels
