// kubernetes_10182_status: a pod's status is set under a lock and sent through
// a channel that holds only so many. The one that receives them takes the same
// lock to forget a status. If the channel is full, the sender waits with the
// lock held.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace kubernetes_10182_status {

template <int room>
class Channel {
   public:
    void send() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ < room; });
        ++waiting_, changed_.notify_all();
    }
    void receive() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ > 0; });
        --waiting_, changed_.notify_all();
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
};

template <int room>
struct Manager {
    std::mutex mutex;
    Channel<room> channel;
    int statuses = 0;
    void sync() {
        channel.receive();
        std::lock_guard lock(mutex);
        --statuses;
    }
};

struct Racy : Manager<1> {
    void set_status() {
        std::lock_guard lock(mutex);
        ++statuses;
        channel.send();  // full: waits with the lock held
    }
};

struct Fixed : Manager<1> {
    void set_status() {
        std::unique_lock lock(mutex);
        ++statuses;
        lock.unlock();
        channel.send();  // full: waits, and nobody for it
    }
};

struct MoreRoom : Manager<2> {  // on a busier day it is full again
    void set_status() {
        std::lock_guard lock(mutex);
        ++statuses;
        channel.send();
    }
};

constexpr auto set_and_sync = [](auto& manager) {
    constexpr int updates = 4;
    std::thread syncing([&] {
        for (int i = 0; i < updates; ++i) manager.sync();
    });
    for (int i = 0; i < updates; ++i) manager.set_status();
    syncing.join();
    return manager.statuses;
};

}  // namespace kubernetes_10182_status

using namespace kubernetes_10182_status;

RACEPAIR_CASE("real.kubernetes_10182_status")
    .lesson(
        "To send to a full channel is to wait, and whoever waits with a lock makes others "
        "wait.")
    .exercise("How many updates does it take to hang MoreRoom? And with room for a thousand?")
    .source("kubernetes #10182 (2015), kubelet's status manager; GoBench, 2021")
    .may_hang("the sender waits for room, and the receiver for the sender's lock")
    .expects(0)
    .scenario(set_and_sync)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<MoreRoom>("more_room", racepair::Defect::race_condition)
    .fixed<Fixed>();
