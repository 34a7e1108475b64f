// starvation: whoever has written a page saves it only if nobody else has done
// so since it was read, and else begins anew. Each time that one fails another
// one has got through, so the page gets on; a slow writer among quick ones need
// not. Here the quick ones stop at last, so that the trial ends; without that
// the slow one could go on for ever.

#include <atomic>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace starvation {

struct Page {
    std::atomic<int> line = 0;     // places in it that were taken
    std::atomic<int> version = 0;  // how many have saved
    bool saved_over(int read) {
        // not if somebody else has saved since
        return version.compare_exchange_strong(read, read + 1);
    }
};

// save() says how many others have saved since the writer came.

struct Racy : Page {
    int save(auto write) {
        const int came = version;
        for (;;) {
            const int read = version;
            write();
            if (saved_over(read)) return read - came;  // the quickest wins
        }
    }
};

struct BacksOff : Page {
    int save(auto write) {
        const int came = version;
        for (;;) {
            const int read = version;
            write();
            if (saved_over(read)) return read - came;
            std::this_thread::yield();  // gives way to the quick ones, again
        }
    }
};

struct UnfairLock : Page {
    int save(auto write) {
        const int came = version;
        // one at a time: whoever looks at the right moment
        while (line.exchange(1) == 1) std::this_thread::yield();
        write();
        const int read = version++;
        line = 0;
        return read - came;
    }
};

struct Fixed : Page {
    int save(auto write) {
        const int mine = line++;  // a place in line: first come, first served
        const int came = version;
        while (version != mine) std::this_thread::yield();
        write();
        const int read = version++;  // the next one, please
        return read - came;
    }
};

constexpr auto slow_among_quick = [](auto& page, auto& team) {
    const auto write = [] { std::this_thread::yield(); };
    racepair::Order order;
    int overtaken = 0;
    team.run([&](int member) {
        order.arrive();
        order.await(team.threads());  // start together
        if (member == 0) {
            overtaken = page.save([&] {  // five times as slow
                for (int i = 0; i < 5; ++i) write();
            });
        } else {
            for (int i = 0; i < team.rounds(); ++i) page.save(write);
        }
    });
    // each of the others may have come before it, once
    return overtaken < team.threads() ? "in turn" : "overtaken";
};

}  // namespace starvation

using namespace starvation;

RACEPAIR_CASE("atomicity.starvation")
    .lesson("That somebody always gets through does not mean that everybody does: form a line.")
    .exercise(
        "In Racy, each failure of one is the success of another. Write down a schedule in which "
        "the slow writer fails three times. Why can nobody go before it twice in Fixed?")
    .scope({.threads = 3, .rounds = 100})
    .explore_scope({.threads = 2, .rounds = 3})
    .expects("in turn")
    .scenario(slow_among_quick)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<BacksOff>("backs_off", racepair::Defect::race_condition)
    .wrong_fix<UnfairLock>("unfair_lock", racepair::Defect::race_condition)
    .fixed<Fixed>();
