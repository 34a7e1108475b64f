// destroyed_locked: no way out of a function unlocks, and in the end the object
// is destroyed with its lock held. POSIX leaves open what happens then, and so
// does C++, [thread.mutex.class]; libstdc++'s std::mutex does not even look.

#include <pthread.h>

#include <thread>

#include "racepair/case.hpp"

namespace destroyed_locked {

struct Racy {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    bool open = true;
    ~Racy() { pthread_mutex_destroy(&mutex); }
    bool close() {
        pthread_mutex_lock(&mutex);
        if (!open) return false;  // still locked
        open = false;
        return true;  // still locked
    }
};

struct Fixed {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    bool open = true;
    ~Fixed() { pthread_mutex_destroy(&mutex); }
    bool close() {
        pthread_mutex_lock(&mutex);
        const bool was_open = open;
        open = false;
        pthread_mutex_unlock(&mutex);  // one way out, and it unlocks
        return was_open;
    }
};

struct UnlocksAtTheEnd {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    bool open = true;
    ~UnlocksAtTheEnd() {
        pthread_mutex_unlock(&mutex);  // what another thread has locked
        pthread_mutex_destroy(&mutex);
    }
    bool close() {
        pthread_mutex_lock(&mutex);
        if (!open) return false;
        open = false;
        return true;
    }
};

constexpr auto close_and_destroy = [](auto& session) {
    bool closed = false;
    std::thread([&] { closed = session.close(); }).join();
    return closed ? "closed" : "open";
};

}  // namespace destroyed_locked

using namespace destroyed_locked;

RACEPAIR_CASE("locks.destroyed_locked")
    .lesson("Whoever destroys a lock must know that nobody holds it, or ever will again.")
    .exercise(
        "Replace the pthread_mutex_t by a std::mutex, whose destructor calls nothing here: who "
        "falls silent, and what do the others report?")
    .expects("closed")
    .scenario(close_and_destroy)
    .racy<Racy>("racy", racepair::Defect::lock_misuse)
    .wrong_fix<UnlocksAtTheEnd>("unlocks_at_the_end", racepair::Defect::lock_misuse)
    .fixed<Fixed>();
