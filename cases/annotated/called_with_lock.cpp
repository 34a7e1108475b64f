// called_with_lock: a function that needs the lock to be held says so in its
// declaration, and clang's analysis (-Wthread-safety) checks each caller.

#include "annotated_mutex.hpp"
#include "racepair/case.hpp"

namespace called_with_lock {

using annotated::Lock;
using annotated::Mutex;

struct Racy {
    Mutex mutex;
    int balance ANNOTATED(guarded_by(mutex)) = 0;
    void add(int sum) ANNOTATED(requires_capability(mutex)) { balance += sum; }
    void pay_in() { add(1); }  // forgets what add() asks for
    int total() {
        Lock lock(mutex);
        return balance;
    }
};

struct Fixed {
    Mutex mutex;
    int balance ANNOTATED(guarded_by(mutex)) = 0;
    void add(int sum) ANNOTATED(requires_capability(mutex)) { balance += sum; }
    void pay_in() {
        Lock lock(mutex);
        add(1);
    }
    int total() {
        Lock lock(mutex);
        return balance;
    }
};

constexpr auto pay_together = [](auto& account, auto& team) {
    team.run([&] {
        for (int i = 0; i < team.rounds(); ++i) account.pay_in();
    });
    return account.total();
};

}  // namespace called_with_lock

using namespace called_with_lock;

RACEPAIR_CASE("annotated.called_with_lock")
    .lesson("What a function asks of its callers belongs in its declaration, where it is checked.")
    .exercise("Take the annotation off add() in Racy. Who warns now, and at which line?")
    .scope({.threads = 4, .rounds = 200})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
    .scenario(pay_together)
    .blind("plain", racepair::When::always, "so short a gap is hit now and then only", 0.5)
    .racy<Racy>()
    .warned_at("add(1);")
    .fixed<Fixed>();
