#pragma once

// A mutex that clang's thread-safety analysis knows (-Wthread-safety): who holds it is part of what
// the compiler checks. Other compilers ignore the annotations, and it is a plain mutex.

#include <mutex>

#if defined(__clang__)
#define ANNOTATED(attribute) __attribute__((attribute))
#else
#define ANNOTATED(attribute)
#endif

namespace annotated {

class ANNOTATED(capability("mutex")) Mutex {
   public:
    void lock() ANNOTATED(acquire_capability()) { mutex_.lock(); }
    void unlock() ANNOTATED(release_capability()) { mutex_.unlock(); }

   private:
    std::mutex mutex_;
};

/// Holds a Mutex for as long as it lives.
class ANNOTATED(scoped_lockable) Lock {
   public:
    explicit Lock(Mutex& mutex) ANNOTATED(acquire_capability(mutex)) : mutex_(mutex) {
        mutex_.lock();
    }
    ~Lock() ANNOTATED(release_capability()) { mutex_.unlock(); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

   private:
    Mutex& mutex_;
};

}  // namespace annotated
