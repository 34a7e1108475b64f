// Atomic operations and fences of instrumented code. The runtime performs them itself: under
// exploration one thread runs at a time, so that plain memory operations will do and it is known
// which value each of them saw.

#include "../noise.hpp"
#include "common.hpp"
#include "wide_lock.hpp"

using namespace racepair::explorer;

namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t narrow(Wide value) { return static_cast<std::uint64_t>(value); }

template <class Value>
Value load(const volatile Value* object, int order, std::uintptr_t pc) {
    const auto address = address_of(object);
    execution.before_atomic(Kind::read, address, sizeof(Value), pc);
    const Value value = *object;
    execution.after_atomic(Kind::read, order, address, sizeof(Value), pc, false, false,
                           narrow(value));
    return value;
}

template <class Value>
void store(volatile Value* object, Value value, int order, std::uintptr_t pc) {
    const auto address = address_of(object);
    execution.before_atomic(Kind::write, address, sizeof(Value), pc);
    const bool changes = *object != value;
    *object = value;
    execution.after_atomic(Kind::write, order, address, sizeof(Value), pc, changes, true,
                           narrow(value));
}

/// A read and a write in one step, whatever is written.
template <class Value, class Change>
Value update(volatile Value* object, int order, std::uintptr_t pc, Change change) {
    const auto address = address_of(object);
    execution.before_atomic(Kind::update, address, sizeof(Value), pc);
    const Value old = *object;
    const Value next = change(old);
    *object = next;
    execution.after_atomic(Kind::update, order, address, sizeof(Value), pc, next != old, true,
                           narrow(next));
    return old;
}

template <class Value>
bool exchange_if(volatile Value* object, Value* expected, Value desired, int order, int fail_order,
                 std::uintptr_t pc) {
    const auto address = address_of(object);
    execution.before_atomic(Kind::update, address, sizeof(Value), pc);
    const Value old = *object;
    const bool succeeds = old == *expected;
    if (succeeds)
        *object = desired;
    else
        *expected = old;
    execution.after_atomic(succeeds ? Kind::update : Kind::read, succeeds ? order : fail_order,
                           address, sizeof(Value), pc, succeeds && desired != old, succeeds,
                           narrow(succeeds ? desired : old));
    return succeeds;
}

}  // namespace

namespace {

// In real threads it is the processor's own operation, made sequentially consistent: the orders
// that the program declared are at least fulfilled.
template <class Value, class Change>
Value really_update(volatile Value* object, Change change) {
    if constexpr (sizeof(Value) == 16) {
        WideLock lock;
        const Value old = *object;
        *object = change(old);
        return old;
    } else {
        Value old = __atomic_load_n(object, __ATOMIC_RELAXED);
        while (!__atomic_compare_exchange_n(object, &old, change(old), true, __ATOMIC_SEQ_CST,
                                            __ATOMIC_SEQ_CST)) {
        }
        return old;
    }
}

template <class Value>
bool really_exchange_if(volatile Value* object, Value* expected, Value desired) {
    if constexpr (sizeof(Value) == 16) {
        WideLock lock;
        const Value old = *object;
        if (old == *expected) return *object = desired, true;
        *expected = old;
        return false;
    } else {
        return __atomic_compare_exchange_n(object, expected, desired, false, __ATOMIC_SEQ_CST,
                                           __ATOMIC_SEQ_CST);
    }
}

template <class Value>
Value really_load(const volatile Value* object) {
    if constexpr (sizeof(Value) == 16) {
        WideLock lock;
        return *object;
    } else {
        return __atomic_load_n(object, __ATOMIC_SEQ_CST);
    }
}

}  // namespace

#define RACEPAIR_UPDATE(bits, Value, name, expression)                                          \
    RACEPAIR_INTERPOSED Value __tsan_atomic##bits##_##name(volatile Value* object, Value value, \
                                                           int order) {                         \
        const auto change = [value](Value old) { return static_cast<Value>(expression); };      \
        if (exploring()) return update(object, order, RACEPAIR_PC, change);                     \
        noise.disturb();                                                                        \
        return really_update(object, change);                                                   \
    }

#define RACEPAIR_ATOMICS(bits, Value)                                                         \
    RACEPAIR_INTERPOSED Value __tsan_atomic##bits##_load(const volatile Value* object,        \
                                                         int order) {                         \
        if (exploring()) return load(object, order, RACEPAIR_PC);                             \
        noise.disturb();                                                                      \
        return really_load(object);                                                           \
    }                                                                                         \
    RACEPAIR_INTERPOSED void __tsan_atomic##bits##_store(volatile Value* object, Value value, \
                                                         int order) {                         \
        if (exploring()) return store(object, value, order, RACEPAIR_PC);                     \
        noise.disturb();                                                                      \
        really_update(object, [value](Value) { return value; });                              \
    }                                                                                         \
    RACEPAIR_UPDATE(bits, Value, exchange, ((void)old, value))                                \
    RACEPAIR_UPDATE(bits, Value, fetch_add, old + value)                                      \
    RACEPAIR_UPDATE(bits, Value, fetch_sub, old - value)                                      \
    RACEPAIR_UPDATE(bits, Value, fetch_and, old& value)                                       \
    RACEPAIR_UPDATE(bits, Value, fetch_or, old | value)                                       \
    RACEPAIR_UPDATE(bits, Value, fetch_xor, old ^ value)                                      \
    RACEPAIR_UPDATE(bits, Value, fetch_nand, ~(old & value))                                  \
    RACEPAIR_INTERPOSED int __tsan_atomic##bits##_compare_exchange_strong(                    \
        volatile Value* object, Value* expected, Value desired, int order, int fail_order) {  \
        if (exploring())                                                                      \
            return exchange_if(object, expected, desired, order, fail_order, RACEPAIR_PC);    \
        noise.disturb();                                                                      \
        return really_exchange_if(object, expected, desired);                                 \
    }                                                                                         \
    RACEPAIR_INTERPOSED int __tsan_atomic##bits##_compare_exchange_weak(                      \
        volatile Value* object, Value* expected, Value desired, int order, int fail_order) {  \
        if (exploring())                                                                      \
            return exchange_if(object, expected, desired, order, fail_order, RACEPAIR_PC);    \
        noise.disturb();                                                                      \
        return really_exchange_if(object, expected, desired);                                 \
    }                                                                                         \
    RACEPAIR_INTERPOSED Value __tsan_atomic##bits##_compare_exchange_val(                     \
        volatile Value* object, Value expected, Value desired, int order, int fail_order) {   \
        if (exploring()) {                                                                    \
            exchange_if(object, &expected, desired, order, fail_order, RACEPAIR_PC);          \
            return expected;                                                                  \
        }                                                                                     \
        noise.disturb();                                                                      \
        really_exchange_if(object, &expected, desired);                                       \
        return expected;                                                                      \
    }

RACEPAIR_ATOMICS(8, std::uint8_t)
RACEPAIR_ATOMICS(16, std::uint16_t)
RACEPAIR_ATOMICS(32, std::uint32_t)
RACEPAIR_ATOMICS(64, std::uint64_t)
RACEPAIR_ATOMICS(128, Wide)

RACEPAIR_INTERPOSED void __tsan_atomic_thread_fence(int order) {
    if (exploring())
        execution.fence(order);
    else
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
RACEPAIR_INTERPOSED void __tsan_atomic_signal_fence(int) {
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
