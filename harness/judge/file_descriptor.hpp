#pragma once

#include <unistd.h>

#include <utility>

namespace racepair::judge {

/// Owns one open file descriptor and closes it; -1 owns nothing.
class FileDescriptor {
   public:
    FileDescriptor() = default;
    explicit FileDescriptor(int number) : number_(number) {}
    FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~FileDescriptor() { close(); }

    /// The number for system calls, -1 when closed: poll() passes over it, all others refuse it.
    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    void close() {
        if (is_open()) ::close(std::exchange(number_, -1));
    }

   private:
    int number_ = -1;
};

}  // namespace racepair::judge
