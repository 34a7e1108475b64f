#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

namespace racepair::explorer {

/// Ends the process with a message: the explorer itself is at fault, or the system gave it nothing
/// to work with.
[[noreturn]] void fail_internally(const char* what);

/// `bytes` of zeroed memory that cost nothing until they are touched, near `wish` if that is free.
void* reserve(std::size_t bytes, std::uintptr_t wish = 0);

/// An array with room for `capacity` elements from the start, at one address for good. Takes its
/// memory from the kernel, because the program's own allocator is what the explorer controls; and
/// is no std::vector, because an inline function of the library exists once after linking, and that
/// one may be instrumented.
template <class Element>
class Reserved {
   public:
    void open(std::size_t capacity) {
        data_ = static_cast<Element*>(reserve(capacity * sizeof(Element)));
        capacity_ = capacity;
    }
    bool is_full() const { return size_ == capacity_; }
    std::size_t size() const { return size_; }
    Element& operator[](std::size_t index) { return data_[index]; }
    const Element& operator[](std::size_t index) const { return data_[index]; }
    /// An element past the end, as it was left.
    const Element& beyond(std::size_t index) const { return data_[index]; }
    const Element& last() const { return data_[size_ - 1]; }
    Element& back() { return data_[size_ - 1]; }
    /// The next element, as it was left; the caller sets it. Check is_full() before.
    Element& add() { return data_[size_++]; }
    void pop() { --size_; }
    void cut_to(std::size_t size) { size_ = size; }
    void clear() { size_ = 0; }

   private:
    Element* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace racepair::explorer
