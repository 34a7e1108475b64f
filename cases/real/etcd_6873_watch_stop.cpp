// etcd_6873_watch_stop: a loop takes updates from a channel and handles each
// of them under the lock. stop() closes the channel and waits for the loop to
// end, with the lock held: if an update is on its way, the loop waits for that
// lock.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace etcd_6873_watch_stop {

class Updates {
   public:
    void send() {
        std::lock_guard lock(mutex_);
        ++waiting_, changed_.notify_one();
    }
    void close() {
        std::lock_guard lock(mutex_);
        is_closed_ = true, changed_.notify_one();
    }
    bool receive() {  // false: closed, and nothing left
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ > 0 || is_closed_; });
        return waiting_-- > 0;
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool is_closed_ = false;
};

template <class Mutex>
struct Broadcasts {
    Mutex mutex;
    Updates updates;
    int watchers = 0;
    void loop() {
        while (updates.receive()) {
            std::lock_guard lock(mutex);
            ++watchers;
        }
    }
};

struct Racy : Broadcasts<std::mutex> {
    void stop(std::thread& looping) {
        std::lock_guard lock(mutex);
        updates.close();
        looping.join();  // it may want the lock first
    }
};

struct Fixed : Broadcasts<std::mutex> {
    void stop(std::thread& looping) {
        std::unique_lock lock(mutex);
        updates.close();
        lock.unlock();
        looping.join();  // without the lock
    }
};

struct Recursive : Broadcasts<std::recursive_mutex> {
    void stop(std::thread& looping) {
        std::lock_guard lock(mutex);  // this thread may have it again; the loop may not
        updates.close();
        looping.join();
    }
};

constexpr auto update_and_stop = [](auto& broadcast) {
    std::thread looping([&] { broadcast.loop(); });
    broadcast.updates.send();
    broadcast.stop(looping);
    return broadcast.watchers;
};

}  // namespace etcd_6873_watch_stop

using namespace etcd_6873_watch_stop;

RACEPAIR_CASE("real.etcd_6873_watch_stop")
    .lesson(
        "Never wait for a thread while you hold a lock that it may want: a join can close "
        "the circle as well as a lock.")
    .exercise(
        "Only one mutex takes part in this dead-lock. What is the other thing that is waited for?")
    .source("etcd #6873 (2016), watchBroadcasts.stop; GoBench, 2021")
    .may_hang("stop waits for the loop, and the loop for the lock that stop holds")
    .expects(1)
    .scenario(update_and_stop)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<Recursive>("recursive", racepair::Defect::race_condition)
    .fixed<Fixed>();
