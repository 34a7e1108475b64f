// lost_notification_count: several tell that there is work, one does it. Told
// twice before it looks, the one finds a flag that is up, and puts it down:
// a flag says that somebody was here, and not how many.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"

namespace lost_notification_count {

struct Work {
    std::mutex mutex;
    std::condition_variable told;
    int pending = 0;
    bool closed = false;
    bool next() {
        std::unique_lock lock(mutex);
        while (pending == 0 && !closed) told.wait(lock);
        return pending > 0 ? (--pending, true) : false;
    }
    void close() {
        std::lock_guard lock(mutex);
        closed = true;
        told.notify_one();
    }
};

struct Racy : Work {
    void tell() {
        std::lock_guard lock(mutex);
        pending = 1;  // it may be 1 already
        told.notify_one();
    }
};

struct NotifiesAll : Work {
    void tell() {
        std::lock_guard lock(mutex);
        pending = 1;
        told.notify_all();  // louder, and no more than before
    }
};

struct Fixed : Work {
    void tell() {
        std::lock_guard lock(mutex);
        ++pending;  // once for each
        told.notify_one();
    }
};

constexpr auto tell_and_do = [](auto& work, auto& team) {
    int did = 0;
    std::thread worker([&] {
        while (work.next()) ++did;
    });
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) work.tell();
    });
    work.close();
    worker.join();
    return did;
};

}  // namespace lost_notification_count

using namespace lost_notification_count;

RACEPAIR_CASE("atomicity.lost_notification_count")
    .lesson("A flag does not count: what must be done once for each has to be counted.")
    .exercise(
        "Which of std::binary_semaphore and std::counting_semaphore can take the place of the "
        "count in Fixed? Look up the precondition of release(): why must the other one not be "
        "released twice?")
    .scope({.threads = 3, .rounds = 20})
    .explore_scope({.threads = 2, .rounds = 1})
    .needs_company([](auto& work) {
        work.tell();
        work.close();
        return work.next() && !work.next();
    })
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(tell_and_do)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<NotifiesAll>("notifies_all", racepair::Defect::race_condition)
    .fixed<Fixed>();
