// Atomics of sizes for which a compiler calls libatomic.

#include <atomic>
#include <cstdint>

#include "drive.hpp"

// By their names, because not every compiler calls them for every type.
__extension__ typedef unsigned __int128 Wide;
#define RACEPAIR_UPDATES(name)                                                             \
    extern "C" Wide fetch_##name(void*, Wide, int) __asm__("__atomic_fetch_" #name "_16"); \
    extern "C" Wide name##_fetch(void*, Wide, int) __asm__("__atomic_" #name "_fetch_16");
RACEPAIR_UPDATES(add)
RACEPAIR_UPDATES(sub)
RACEPAIR_UPDATES(and)
RACEPAIR_UPDATES(or)
RACEPAIR_UPDATES(xor)
RACEPAIR_UPDATES(nand)
extern "C" void exchange(std::size_t, void*, void*, void*, int) __asm__("__atomic_exchange");

namespace explored_wide_atomics {

using explored::together;
using explored::words;

// Atomics that no processor can access in one step: to the program it is one all the same.
template <class Number, int count>
struct Whole {
    struct Numbers {
        Number all[count];
        bool operator==(const Numbers&) const = default;
    };
    static Numbers filled_with(Number number) {
        Numbers numbers = {};
        for (auto& each : numbers.all) each = number;
        return numbers;
    }
    std::atomic<Numbers> numbers = filled_with(0);
    std::string run() {
        Numbers seen = {}, expected = filled_with(0);
        bool exchanged = false;
        together([&] { numbers.store(filled_with(1)); },
                 [&] {
                     exchanged = numbers.compare_exchange_strong(expected, filled_with(2));
                     seen = numbers.exchange(filled_with(3));
                 });
        const bool whole = seen == filled_with(seen.all[0]);
        return words(exchanged, static_cast<int>(seen.all[0]), static_cast<int>(expected.all[0]),
                     static_cast<int>(numbers.load().all[0]), whole ? "whole" : "torn");
    }
};

// Waits for a change in the second half of an atomic, and does something else meanwhile.
template <int count>
struct WaitsForTheLast {
    struct Numbers {
        std::uint64_t all[count];
    };
    std::atomic<Numbers> numbers = Numbers{};
    std::atomic<int> after = 0;
    std::string run() {
        int rounds = 0, seen = 0;
        together(
            [&] {
                Numbers next = {};
                next.all[count - 1] = 1;
                numbers = next;
                after = 1;
            },
            [&] {
                int mine = 0;
                while (numbers.load().all[count - 1] == 0) ++mine;
                rounds = mine;
                seen = after;
            });
        return words(rounds, seen);
    }
};

// Two threads count in one step each.
struct Counts {
    alignas(16) Wide number = 0;
    std::string run() {
        int first = -1, second = -1;
        together([&] { first = static_cast<int>(fetch_add(&number, 1, __ATOMIC_SEQ_CST)); },
                 [&] { second = static_cast<int>(add_fetch(&number, 1, __ATOMIC_SEQ_CST)); });
        return words(first, second, static_cast<int>(number));
    }
};

// Each update leaves what it should, and returns what was there before or is there now.
struct Updates {
    alignas(16) Wide number = 12;
    std::string run() {
        const auto before = [&](Wide (*update)(void*, Wide, int)) {
            number = 12;
            const Wide old = update(&number, 10, __ATOMIC_SEQ_CST);
            return old == 12 ? words(static_cast<int>(number)) : "wrong";
        };
        const auto after = [&](Wide (*update)(void*, Wide, int)) {
            number = 12;
            const Wide next = update(&number, 10, __ATOMIC_SEQ_CST);
            return next == number ? words(static_cast<int>(number)) : "wrong";
        };
        return words(before(fetch_add), before(fetch_sub), before(fetch_and), before(fetch_or),
                     before(fetch_xor), before(fetch_nand), after(add_fetch), after(sub_fetch),
                     after(and_fetch), after(or_fetch), after(xor_fetch), after(nand_fetch));
    }
};

// The old value may be wanted where the new one is.
struct ExchangesInPlace {
    std::uint64_t object[3] = {1, 1, 1};
    std::string run() {
        std::uint64_t value[3] = {2, 2, 2};
        exchange(sizeof(object), object, value, value, __ATOMIC_SEQ_CST);
        return words(static_cast<int>(object[2]), static_cast<int>(value[2]));
    }
};

}  // namespace explored_wide_atomics

using namespace explored_wide_atomics;

RACEPAIR_CASE("kernels.wide_atomics")
    .needs_company()
    .scenario(explored::drive)
    .fixed<Whole<std::uint8_t, 5>>("whole_5_bytes")
    .fixed<Whole<std::uint64_t, 2>>("whole_16_bytes")
    .fixed<Whole<std::uint64_t, 3>>("whole_24_bytes")
    .fixed<WaitsForTheLast<1>>("waits_for_8_bytes")
    .fixed<WaitsForTheLast<2>>("waits_for_16_bytes")
    .fixed<WaitsForTheLast<3>>("waits_for_24_bytes")
    .fixed<Counts>("counts")
    .fixed<Updates>("updates")
    .fixed<ExchangesInPlace>("exchanges_in_place");
