#include "racepair/order.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace racepair {
namespace {

TEST(Order, NobodyWaitsForWhatHasArrived) {
    Order order;
    order.await(0);
    order.await(-1);
    order.arrive();
    order.arrive();
    order.await(1);
    order.await(2);
}

TEST(Order, AnArrivalComesBeforeTheAwaitThatSeesIt) {
    for (int round = 0; round < 300; ++round) {
        Order order;
        int value = 0;
        std::thread writer([&] {
            value = 17;
            order.arrive();
        });
        order.await(1);
        EXPECT_EQ(value, 17);
        writer.join();
    }
}

TEST(Order, EachWaitsForAsManyAsItAskedFor) {
    constexpr int threads = 8;
    Order order;
    std::vector<int> came;  // each thread waits for its own turn, so nobody else is here
    std::vector<std::thread> all;
    for (int turn = threads - 1; turn >= 0; --turn)
        all.emplace_back([&, turn] {
            order.await(turn);
            came.push_back(turn);
            order.arrive();
        });
    order.await(threads);
    EXPECT_EQ(came, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    for (auto& thread : all) thread.join();
}

TEST(Order, OneArrivalWakesAll) {
    Order order, done;
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] {
            order.await(1);
            done.arrive();
        });
    order.arrive();
    done.await(8);
    for (auto& thread : all) thread.join();
}

TEST(Order, TwoCanMeet) {
    for (int round = 0; round < 300; ++round) {
        Order order;
        int seen = 0, value = 0;
        std::thread other([&] {
            value = 1;
            order.arrive();
            order.await(2);
            seen += value;
        });
        order.arrive();
        order.await(2);
        EXPECT_EQ(value, 1);
        other.join();
        EXPECT_EQ(seen, 1);
    }
}

}  // namespace
}  // namespace racepair
