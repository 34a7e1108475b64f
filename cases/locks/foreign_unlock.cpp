// foreign_unlock: a request locks its channel, and the thread that brings the
// answer unlocks it. A mutex belongs to the thread that locked it, and to
// unlock another one's breaks the contract, [thread.mutex.requirements.mutex];
// so does a thread that ends while it owns one, [thread.mutex.class]. That it
// works is luck.

#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>

#include "racepair/case.hpp"

namespace foreign_unlock {

struct Racy {
    std::mutex busy;
    int answer = 0;
    void ask() { busy.lock(); }
    void reply() {
        answer = 42;
        busy.unlock();  // this thread has not locked it
    }
};

struct Fixed {
    std::binary_semaphore busy{1};  // nobody owns it: anybody may release it
    int answer = 0;
    void ask() { busy.acquire(); }
    void reply() {
        answer = 42;
        busy.release();
    }
};

struct MovedLock {
    std::mutex busy;
    std::unique_lock<std::mutex> held;
    int answer = 0;
    void ask() { held = std::unique_lock(busy); }
    void reply() {
        answer = 42;
        auto mine = std::move(held);  // moves the duty to unlock, not the lock
    }
};

constexpr auto ask_and_be_answered = [](auto& channel) {
    std::thread([&] { channel.ask(); }).join();
    std::thread([&] { channel.reply(); }).join();
    return channel.answer;
};

}  // namespace foreign_unlock

using namespace foreign_unlock;

RACEPAIR_CASE("locks.foreign_unlock")
    .lesson("Who locks a mutex unlocks it: to let another thread do it takes a semaphore.")
    .exercise("std::unique_lock can be moved to another thread. Why does the report stay?")
    .expects(42)
    .scenario(ask_and_be_answered)
    .racy<Racy>("racy", racepair::Defect::lock_misuse)
    .wrong_fix<MovedLock>("moved_lock", racepair::Defect::lock_misuse)
    .fixed<Fixed>();
