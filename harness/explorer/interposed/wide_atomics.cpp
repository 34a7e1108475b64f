// Atomics of sizes for which the compiler calls libatomic, whose lock would be seen by nobody. Here
// an access to one is a single step, as the program means it to be.

#include "../globals.hpp"
#include "../kernel.hpp"
#include "../noise.hpp"
#include "../value.hpp"
#include "common.hpp"
#include "wide_lock.hpp"

using namespace racepair::explorer;

RACEPAIR_KEPT bool WideLock::is_taken = false;

namespace {

bool same(const void* a, const void* b, std::size_t size) {
    const auto *left = static_cast<const char*>(a), *right = static_cast<const char*>(b);
    for (std::size_t i = 0; i < size; ++i)
        if (left[i] != right[i]) return false;
    return true;
}

/// What an access did.
struct Effect {
    bool wrote, changed;
};

/// Takes the step that `access` makes; a compare-and-exchange that fails is a read.
template <class Access>
void accessed(Kind kind, void* object, std::size_t size, int order, int order_of_read,
              std::uintptr_t pc, Access access) {
    const auto address = address_of(object);
    const auto bytes = static_cast<std::uint32_t>(size);
    if (!exploring()) {
        noise.disturb();
        WideLock lock;
        access();
        return;
    }
    execution.before_atomic(kind, address, bytes, pc);
    const Effect effect = access();
    const bool only_read = kind == Kind::update && !effect.wrote;
    execution.after_atomic(only_read ? Kind::read : kind, only_read ? order_of_read : order,
                           address, bytes, pc, effect.changed, effect.wrote,
                           value_at(address, bytes));
}

void load(std::size_t size, void* object, void* result, int order, std::uintptr_t pc) {
    accessed(Kind::read, object, size, order, order, pc, [&] {
        copy_bytes(result, object, size);
        return Effect{false, false};
    });
}

void store(std::size_t size, void* object, const void* value, int order, std::uintptr_t pc) {
    accessed(Kind::write, object, size, order, order, pc, [&] {
        const bool changes = !same(object, value, size);
        copy_bytes(object, value, size);
        return Effect{true, changes};
    });
}

void exchange(std::size_t size, void* object, const void* value, void* result, int order,
              std::uintptr_t pc) {
    accessed(Kind::update, object, size, order, order, pc, [&] {
        const bool changes = !same(object, value, size);
        auto* const bytes = static_cast<char*>(object);
        for (std::size_t i = 0; i < size; ++i) {  // `result` may be where the value is
            const char old = bytes[i];
            bytes[i] = static_cast<const char*>(value)[i];
            static_cast<char*>(result)[i] = old;
        }
        return Effect{true, changes};
    });
}

bool exchange_if(std::size_t size, void* object, void* expected, const void* desired, int order,
                 int fail_order, std::uintptr_t pc) {
    bool succeeds = false;
    accessed(Kind::update, object, size, order, fail_order, pc, [&] {
        succeeds = same(object, expected, size);
        const bool changes = succeeds && !same(object, desired, size);
        if (succeeds)
            copy_bytes(object, desired, size);
        else
            copy_bytes(expected, object, size);
        return Effect{succeeds, changes};
    });
    return succeeds;
}

__extension__ typedef unsigned __int128 Wide;

struct Updated {
    Wide old, next;
};

template <class Change>
Updated update(void* object, int order, std::uintptr_t pc, Change change) {
    Updated values = {};
    accessed(Kind::update, object, sizeof(Wide), order, order, pc, [&] {
        copy_bytes(&values.old, object, sizeof(Wide));
        values.next = change(values.old);
        copy_bytes(object, &values.next, sizeof(Wide));
        return Effect{true, values.next != values.old};
    });
    return values;
}

}  // namespace

// libatomic's functions, under names of our own: a compiler takes theirs for its own built-ins.
#define RACEPAIR_LIBATOMIC(result, name, ...)                                       \
    RACEPAIR_INTERPOSED result wide_##name(__VA_ARGS__) __asm__("__atomic_" #name); \
    result wide_##name(__VA_ARGS__)

RACEPAIR_LIBATOMIC(void, load, size_t size, void* object, void* result, int order) {
    load(size, object, result, order, RACEPAIR_PC);
}
RACEPAIR_LIBATOMIC(void, store, size_t size, void* object, void* value, int order) {
    store(size, object, value, order, RACEPAIR_PC);
}
RACEPAIR_LIBATOMIC(void, exchange, size_t size, void* object, void* value, void* result,
                   int order) {
    exchange(size, object, value, result, order, RACEPAIR_PC);
}
RACEPAIR_LIBATOMIC(bool, compare_exchange, size_t size, void* object, void* expected, void* desired,
                   int order, int fail_order) {
    return exchange_if(size, object, expected, desired, order, fail_order, RACEPAIR_PC);
}

RACEPAIR_LIBATOMIC(Wide, load_16, void* object, int order) {
    Wide result = 0;
    load(16, object, &result, order, RACEPAIR_PC);
    return result;
}
RACEPAIR_LIBATOMIC(void, store_16, void* object, Wide value, int order) {
    store(16, object, &value, order, RACEPAIR_PC);
}
RACEPAIR_LIBATOMIC(Wide, exchange_16, void* object, Wide value, int order) {
    Wide result = 0;
    exchange(16, object, &value, &result, order, RACEPAIR_PC);
    return result;
}
RACEPAIR_LIBATOMIC(bool, compare_exchange_16, void* object, void* expected, Wide desired, int order,
                   int fail_order) {
    return exchange_if(16, object, expected, &desired, order, fail_order, RACEPAIR_PC);
}

#define RACEPAIR_WIDE_UPDATE(name, expression)                                         \
    RACEPAIR_LIBATOMIC(Wide, fetch_##name##_16, void* object, Wide value, int order) { \
        return update(object, order, RACEPAIR_PC,                                      \
                      [value](Wide old) { return static_cast<Wide>(expression); })     \
            .old;                                                                      \
    }                                                                                  \
    RACEPAIR_LIBATOMIC(Wide, name##_fetch_16, void* object, Wide value, int order) {   \
        return update(object, order, RACEPAIR_PC,                                      \
                      [value](Wide old) { return static_cast<Wide>(expression); })     \
            .next;                                                                     \
    }
RACEPAIR_WIDE_UPDATE(add, old + value)
RACEPAIR_WIDE_UPDATE(sub, old - value)
RACEPAIR_WIDE_UPDATE(and, old& value)
RACEPAIR_WIDE_UPDATE(or, old | value)
RACEPAIR_WIDE_UPDATE(xor, old ^ value)
RACEPAIR_WIDE_UPDATE(nand, ~(old& value))
