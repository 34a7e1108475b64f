// throws_with_lock: a job fails between lock() and unlock(). The exception
// leaves by the shortest way, past the unlock(). The thread ends and owns the
// lock for ever, which is undefined, [thread.mutex.class]; here and in practice
// the next one just cannot have it.

#include <mutex>
#include <stdexcept>
#include <thread>

#include "racepair/case.hpp"

namespace throws_with_lock {

struct Racy {
    std::mutex mutex;
    void run(auto job) {
        mutex.lock();
        job();           // leaves by an exception …
        mutex.unlock();  // … and this is never reached
    }
};

struct CatchesOneKind {
    std::mutex mutex;
    void run(auto job) {
        mutex.lock();
        try {
            job();
        } catch (const std::runtime_error&) {  // it is another kind
            mutex.unlock();
            throw;
        }
        mutex.unlock();
    }
};

struct Fixed {
    std::mutex mutex;
    void run(auto job) {
        std::lock_guard lock(mutex);  // gives it back on every way out
        job();
    }
};

constexpr auto fail_then_try_again = [](auto& queue) {
    std::thread([&] {
        try {
            queue.run([] { throw std::out_of_range("no such item"); });
        } catch (const std::exception&) {
        }
    }).join();
    if (!queue.mutex.try_lock()) return "locked for ever";
    queue.mutex.unlock();
    return "free";
};

}  // namespace throws_with_lock

using namespace throws_with_lock;

RACEPAIR_CASE("tasks.throws_with_lock")
    .lesson("Whoever locks by hand forgets a way out: let a destructor unlock.")
    .exercise(
        "Count the ways out of CatchesOneKind::run(). Which of them would a "
        "catch (...) miss, after the next change to the code?")
    .needs_company([](auto& queue) {
        queue.run([] {});
        return queue.mutex.try_lock() && (queue.mutex.unlock(), true);
    })
    .expects("free")
    .scenario(fail_then_try_again)
    .false_alarm("helgrind", racepair::When::always,
                 "true, but at no line of the case: it says that the thread ended with a lock held")
    .false_alarm("drd", racepair::When::always,
                 "true, but at no line of the case: it says that the mutex ended locked")
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<CatchesOneKind>("catches_one_kind", racepair::Defect::race_condition)
    .fixed<Fixed>();
