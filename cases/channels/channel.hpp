#pragma once

// A channel carries values from the threads that send to the threads that receive: each value once,
// first in, first out. What a thread did before it sent a value happens before what the receiver of
// that value does with it. A channel of capacity n keeps n values that nobody has received yet; of
// capacity 0 none: a value goes from hand to hand, and whoever comes first waits.
//
// Cost: a send or a receive locks the channel's mutex once or twice and allocates nothing, so that
// nothing can fail half way. A channel must outlive whoever is at work with one of its ends; but a
// send that finds room, or a receiver who waits, is done with it when its value has been received:
// then that receiver may destroy it. A send that had to wait is not: it locks the channel again.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <iterator>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace channels {

/// Thrown by a send on a closed channel, and by closing one again.
struct closed_channel : std::logic_error {
    using std::logic_error::logic_error;
};

namespace detail {

using deadline = std::optional<std::chrono::steady_clock::time_point>;  // none: for ever

inline deadline after(std::chrono::nanoseconds patience) {
    const auto now = std::chrono::steady_clock::now();
    const auto rest = std::chrono::steady_clock::time_point::max() - now;
    return patience < rest ? deadline(now + patience) : std::nullopt;
}

void wait(std::condition_variable& told, std::unique_lock<std::mutex>& lock, deadline until,
          auto is_met) {
    if (until)
        told.wait_until(lock, *until, is_met);
    else
        told.wait(lock, is_met);
}

/// A receiver that waits, at one channel or at several: the first that serves it is the only one.
class waiter {
    std::mutex mutex_;
    std::condition_variable told_;
    bool is_served_ = false;

   public:
    /// Serves it by `act`, if nobody has served it before.
    bool serve(auto act) {
        const std::lock_guard lock(mutex_);
        if (is_served_) return false;
        act();
        is_served_ = true;
        told_.notify_one();  // under the lock: a moment later the waiter may be gone
        return true;
    }
    /// Waits until it is served. After `until` it gives up, and has to be forgotten by all channels
    /// that it asked.
    void wait(deadline until = {}) {
        std::unique_lock lock(mutex_);
        detail::wait(told_, lock, until, [this] { return is_served_; });
    }
};

/// Those who wait at a channel, as they came; each lives on the stack of its thread.
template <class Node>
struct line {
    Node* first = nullptr;
    void push(Node& node) { *find(nullptr) = &node; }
    Node* pop() { return first == nullptr ? nullptr : std::exchange(first, first->next); }
    void remove(Node& node) {  // if it is still there
        if (Node** const at = find(&node); *at != nullptr) *at = node.next;
    }
    Node** find(Node* node) {
        Node** at = &first;
        while (*at != nullptr && *at != node) at = &(*at)->next;
        return at;
    }
};

/// What both ends of a channel share.
template <class T>
class core {
   public:
    struct request {  // of a receiver that waits
        waiter& who;
        std::optional<T> value{};
        bool is_served = false;
        request* next = nullptr;
    };

    explicit core(std::size_t capacity) : ring_(capacity + 1) {}

    bool try_send(T& value) {
        const std::lock_guard lock(mutex_);
        return give(value);
    }
    bool send(T& value, deadline until = {}) {
        std::unique_lock lock(mutex_);
        if (give(value)) return true;
        offer mine{value};
        offers_.push(mine);
        wait(mine.settled, lock, until, [&] { return mine.is_taken || is_closed_; });
        if (mine.is_taken) return true;
        offers_.remove(mine);  // takes the value back
        if (is_closed_) throw closed_channel("the channel was closed before the value was taken");
        return false;
    }
    std::optional<T> try_receive() {
        const std::lock_guard lock(mutex_);
        return has_value() ? std::optional<T>(take()) : std::nullopt;
    }
    std::optional<T> receive(deadline until = {}) {
        waiter me;
        request mine{me};
        if (!ask(mine)) me.wait(until), forget(mine);
        return std::move(mine.value);  // even one that came a moment before forget()
    }
    /// Serves the request at once, or else puts it into the line: then it has to be waited for, and
    /// forgotten, so that nobody is still at work with it.
    bool ask(request& mine) {
        const std::lock_guard lock(mutex_);
        if (!has_value() && !is_closed_) return requests_.push(mine), false;
        return mine.who.serve([&] {
            if (has_value()) mine.value.emplace(take());
            mine.is_served = true;
        });
    }
    void forget(request& mine) {
        const std::lock_guard lock(mutex_);
        requests_.remove(mine);
    }
    void close() {
        const std::lock_guard lock(mutex_);
        if (is_closed_) throw closed_channel("the channel is closed already");
        is_closed_ = true;
        while (request* next = requests_.pop()) next->who.serve([&] { next->is_served = true; });
        while (offer* next = offers_.pop()) next->settled.notify_one();
    }
    bool is_drained() {
        const std::lock_guard lock(mutex_);
        return is_closed_ && !has_value();
    }

   private:
    struct offer {  // of a sender that found no room
        T& value;
        bool is_taken = false;
        std::condition_variable settled{};
        offer* next = nullptr;
    };

    // All below: with the mutex held.
    bool has_value() const { return filled_ > 0 || offers_.first != nullptr; }
    bool give(T& value) {
        if (is_closed_) throw closed_channel("the channel is closed");
        while (request* next = requests_.pop()) {
            const auto hand_over = [&] {
                next->value.emplace(std::move(value));
                next->is_served = true;
            };
            if (next->who.serve(hand_over)) return true;
        }
        if (filled_ + 1 == ring_.size()) return false;
        store(value);
        return true;
    }
    T take() noexcept {
        if (offer* next = offers_.pop()) {  // who has waited longest comes in …
            store(next->value);
            next->is_taken = true;
            next->settled.notify_one();
        }
        T value = std::move(*ring_[first_]);  // … and what is oldest goes out
        ring_[first_].reset();
        first_ = (first_ + 1) % ring_.size();
        --filled_;
        return value;
    }
    void store(T& value) noexcept {
        ring_[(first_ + filled_++) % ring_.size()].emplace(std::move(value));
    }

    std::mutex mutex_;
    std::vector<std::optional<T>> ring_;  // one place above the capacity, for take()
    std::size_t first_ = 0, filled_ = 0;
    line<offer> offers_;
    line<request> requests_;
    bool is_closed_ = false;
};

}  // namespace detail

template <class T>
class channel;

/// The end at which values go in. A handle: as cheap as a pointer, all copies are the same end.
template <class T>
class sender {
   public:
    /// Waits until there is room in the channel or a receiver takes the value. Throws
    /// closed_channel if the channel is closed or gets closed first: nobody receives it then.
    void send(T value) const { core_->send(value); }

    /// Sends only if there is room or a receiver that waits. If not: false, and `value` is as it
    /// was. Throws closed_channel.
    bool try_send(T&& value) const { return core_->try_send(value); }
    bool try_send(const T& value) const { return try_send(T(value)); }

    /// As send(); but after `patience` it gives up: false, `value` is as it was, nobody receives
    /// it.
    bool send_for(T&& value, std::chrono::nanoseconds patience) const {
        return core_->send(value, detail::after(patience));
    }
    bool send_for(const T& value, std::chrono::nanoseconds patience) const {
        return send_for(T(value), patience);
    }

    /// Nothing will be sent any more; what the channel keeps can still be received. Throws
    /// closed_channel if it is closed already.
    void close() const { core_->close(); }

   private:
    friend channel<T>;
    explicit sender(detail::core<T>* core) : core_(core) {}
    detail::core<T>* core_;
};

/// The end at which values come out. A handle: as cheap as a pointer, all copies are the same end.
template <class T>
class receiver {
   public:
    /// Waits for a value. Empty: the channel is closed, and all that it kept has been received.
    std::optional<T> receive() const { return core_->receive(); }

    /// As receive(), but empty also if no value came within `patience`, or is there now.
    std::optional<T> receive_for(std::chrono::nanoseconds patience) const {
        return core_->receive(detail::after(patience));
    }
    std::optional<T> try_receive() const { return core_->try_receive(); }

    /// Is it closed and empty? Then it remains so: which tells two meanings of "empty" apart.
    bool is_drained() const { return core_->is_drained(); }

    /// `for (T value : receiver)` receives until the channel is closed and empty.
    class iterator {
       public:
        explicit iterator(receiver from) : from_(from), value_(from.receive()) {}
        T& operator*() { return *value_; }
        iterator& operator++() { return value_ = from_.receive(), *this; }
        bool operator==(std::default_sentinel_t) const { return !value_; }

       private:
        receiver from_;
        std::optional<T> value_;
    };
    iterator begin() const { return iterator(*this); }
    std::default_sentinel_t end() const { return {}; }

   private:
    friend channel<T>;
    template <class A, class B>
    friend std::variant<std::optional<A>, std::optional<B>> select(receiver<A>, receiver<B>);
    explicit receiver(detail::core<T>* core) : core_(core) {}
    detail::core<T>* core_;
};

namespace detail {
template <class T>
struct home {
    core<T> shared;
};
}  // namespace detail

/// A channel is both of its ends. Give only one away: a sender<T> cannot receive, a receiver<T> can
/// neither send nor close.
template <class T>
class channel : detail::home<T>, public sender<T>, public receiver<T> {
    static_assert(std::is_nothrow_move_constructible_v<T>, "a value must not get lost on its way");

   public:
    explicit channel(std::size_t capacity = 0)
        : detail::home<T>{detail::core<T>(capacity)},
          sender<T>(&this->shared),
          receiver<T>(&this->shared) {}
};

/// Receives from the channel that first has a value or is closed; the index says which one it was.
/// Of two that are ready it is `a`: so give the one first that may be closed last.
template <class A, class B>
std::variant<std::optional<A>, std::optional<B>> select(receiver<A> a, receiver<B> b) {
    using Result = std::variant<std::optional<A>, std::optional<B>>;
    detail::waiter me;
    typename detail::core<A>::request first{me};
    typename detail::core<B>::request second{me};
    if (!a.core_->ask(first) && !b.core_->ask(second)) me.wait();
    a.core_->forget(first);
    b.core_->forget(second);
    if (first.is_served) return Result(std::in_place_index<0>, std::move(first.value));
    return Result(std::in_place_index<1>, std::move(second.value));
}

}  // namespace channels
