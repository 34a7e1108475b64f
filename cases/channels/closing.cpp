// closing: after the end of a stream nothing must be put into it, for nobody
// will take it out. Whether it is open and putting something in have to be one
// step; a flag beside it makes them two.

#include <atomic>
#include <deque>
#include <mutex>
#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace closing {

struct Racy {
    std::mutex mutex;
    std::deque<int> values;
    bool closed = false;
    bool send(int value) {
        if (closed) return false;
        std::this_thread::yield();
        std::lock_guard lock(mutex);
        values.push_back(value);  // closed and emptied a moment ago?
        return true;
    }
    std::size_t close_and_drain() {
        closed = true;
        std::lock_guard lock(mutex);
        return values.size();
    }
};

struct Fixed {
    channels::channel<int> values{100};
    bool send(int value) try {
        values.send(value);  // looks and puts in one step
        return true;
    } catch (const channels::closed_channel&) {
        return false;
    }
    std::size_t close_and_drain() {
        values.close();
        std::size_t count = 0;
        while (values.receive()) ++count;
        return count;
    }
};

struct AtomicFlag {
    std::mutex mutex;
    std::deque<int> values;
    std::atomic<bool> closed = false;
    bool send(int value) {
        if (closed) return false;
        std::this_thread::yield();
        std::lock_guard lock(mutex);
        values.push_back(value);  // as late as before
        return true;
    }
    std::size_t close_and_drain() {
        closed = true;
        std::lock_guard lock(mutex);
        return values.size();
    }
};

constexpr auto close_while_sending = [](auto& stream, auto& team) {
    std::atomic<std::size_t> sent = 0, received = 0;
    team.run([&](int me) {
        if (me == 0) received = stream.close_and_drain();
        for (int i = 0; me != 0 && i < team.rounds(); ++i)
            if (stream.send(i)) ++sent;
    });
    return sent - received;
};

constexpr auto alone = [](auto& stream) {
    return stream.send(1) && stream.close_and_drain() == 1 && !stream.send(2);
};

}  // namespace closing

using namespace closing;

RACEPAIR_CASE("channels.closing")
    .lesson("Closed is a state of the channel, under its lock: asking first is too early.")
    .exercise("Move the look at the flag under the lock in AtomicFlag. Is it right then?")
    .scope({.threads = 3, .rounds = 6})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects(0)
    .scenario(close_while_sending)
    .needs_company(alone)
    .racy<Racy>()
    .wrong_fix<AtomicFlag>("atomic_flag", racepair::Defect::race_condition)
    .fixed<Fixed>();
