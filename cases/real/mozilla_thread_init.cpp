// mozilla_thread_init: init() starts a thread and keeps its handle in a member;
// the new thread reads that member. Nobody says who is first: the handle is
// stored only after the thread has been created, and by then the thread may be
// running, or done.

#include <atomic>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace mozilla_thread_init {

struct Racy {
    std::thread::id handle;
    bool knows_itself = false;
    void main() {
        const auto known = handle;
        knows_itself = known == std::this_thread::get_id();
    }
    void init() {
        std::thread thread([this] { main(); });
        std::this_thread::yield();
        const auto id = thread.get_id();
        handle = id;  // main() may be over
        thread.join();
    }
};

struct Fixed {
    std::thread::id handle;
    bool knows_itself = false;
    std::mutex mutex;
    void main() {
        std::lock_guard lock(mutex);  // waits until it is known
        const auto known = handle;
        knows_itself = known == std::this_thread::get_id();
    }
    void init() {
        std::unique_lock lock(mutex);
        std::thread thread([this] { main(); });
        std::this_thread::yield();
        const auto id = thread.get_id();
        handle = id;
        lock.unlock();
        thread.join();
    }
};

struct AtomicHandle {
    std::atomic<std::thread::id> handle = std::thread::id();
    bool knows_itself = false;
    void main() { knows_itself = handle.load() == std::this_thread::get_id(); }
    void init() {
        std::thread thread([this] { main(); });
        std::this_thread::yield();
        handle = thread.get_id();  // in one step, and still too late
        thread.join();
    }
};

constexpr auto start_some = [](auto& object, auto& team) {
    int lost = 0;
    for (int i = 0; i < team.rounds(); ++i) {
        object.handle = std::thread::id();
        object.init();
        lost += !object.knows_itself;
    }
    return lost;
};

}  // namespace mozilla_thread_init

using namespace mozilla_thread_init;

RACEPAIR_CASE("real.mozilla_thread_init")
    .lesson(
        "A thread may run before its creator's next line: give it what it needs, or let it wait.")
    .exercise("Which order did the author have in mind? Find the line that should have said so.")
    .source(
        "Mozilla nsThread::Init and mThread, mended by mStartLock; S. Lu et al., Learning from "
        "Mistakes, 2008")
    .scope({.threads = 2, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& object) {
        object.handle = std::this_thread::get_id();
        object.main();
        return object.knows_itself;
    })
    .expects(0)
    .scenario(start_some)
    .racy<Racy>()
    .wrong_fix<AtomicHandle>("atomic_handle", racepair::Defect::race_condition)
    .fixed<Fixed>();
