// read_write_read: a reader that holds the lock calls a function that reads as
// well. With a lock that lets no reader in while a writer waits, the second
// read waits for the writer, and the writer for the first read: a dead-lock.

#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "racepair/case.hpp"

namespace read_write_read {

class WritersFirst {  // as many read-write locks are, lest writers starve
   public:
    void lock_shared() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return writers_ == 0; });
        ++readers_;
    }
    void unlock_shared() {
        std::lock_guard lock(mutex_);
        --readers_;
        changed_.notify_all();
    }
    void lock() {
        std::unique_lock lock(mutex_);
        ++writers_;  // from here on, nobody comes in to read
        changed_.wait(lock, [&] { return readers_ == 0 && !writing_; });
        writing_ = true;
    }
    void unlock() {
        std::lock_guard lock(mutex_);
        --writers_, writing_ = false;
        changed_.notify_all();
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int readers_ = 0, writers_ = 0;
    bool writing_ = false;
};

struct Racy {
    WritersFirst lock;
    int width = 2, height = 3;
    int area() {
        std::shared_lock reading(lock);
        return width * height;
    }
    int volume(int depth) {
        std::shared_lock reading(lock);
        return area() * depth;  // reads again: is a writer waiting by now?
    }
};

struct Fixed {
    WritersFirst lock;
    int width = 2, height = 3;
    int area_locked() { return width * height; }
    int volume(int depth) {
        std::shared_lock reading(lock);
        return area_locked() * depth;  // one lock for the whole read
    }
};

constexpr auto read_while_one_writes = [](auto& box) {
    std::thread writer([&] {
        std::lock_guard writing(box.lock);
        box.width = 3, box.height = 2;
    });
    const int volume = box.volume(4);
    writer.join();
    return volume;
};

}  // namespace read_write_read

using namespace read_write_read;

RACEPAIR_CASE("locks.read_write_read")
    .lesson(
        "A thread that takes a read lock twice waits for itself once a writer waits in between.")
    .exercise(
        "Can this happen with std::shared_mutex? What does the standard say of a thread that locks "
        "it twice, and of who goes first?")
    .source("kubernetes#62464 (2018), a read-write-read dead-lock of GoBench, 2021")
    .may_hang("the reader waits for a writer that waits for the reader")
    .expects(24)
    .scenario(read_while_one_writes)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .fixed<Fixed>();
