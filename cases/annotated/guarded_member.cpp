// guarded_member: which lock guards which member is usually a comment. Here it
// is an annotation, and clang's analysis (-Wthread-safety) reads it: it checks
// every schedule at once, because it looks at the code and runs none of it.

#include "annotated_mutex.hpp"
#include "racepair/case.hpp"

namespace guarded_member {

using annotated::Lock;
using annotated::Mutex;

struct Racy {
    Mutex mutex;
    int stock ANNOTATED(guarded_by(mutex)) = 0;
    void deposit() {
        Lock lock(mutex);
        stock++;
    }
    void withdraw() { stock--; }  // without the lock: a warning, and a race
};

struct Fixed {
    Mutex mutex;
    int stock ANNOTATED(guarded_by(mutex)) = 0;
    void deposit() {
        Lock lock(mutex);
        stock++;
    }
    void withdraw() {
        Lock lock(mutex);  // what the annotation asks for
        stock--;
    }
};

struct Silenced {
    Mutex mutex;
    int stock ANNOTATED(guarded_by(mutex)) = 0;
    void deposit() {
        Lock lock(mutex);
        stock++;
    }
    // the warning is gone, the race is not
    void withdraw() ANNOTATED(no_thread_safety_analysis) { stock--; }
};

constexpr auto bring_and_take = [](auto& store, auto& team) {
    team.run([&](int member) {
        for (int i = 0; i < team.rounds(); ++i)
            member % 2 == 0 ? store.deposit() : store.withdraw();
    });
    Lock lock(store.mutex);
    return store.stock;
};

}  // namespace guarded_member

using namespace guarded_member;

RACEPAIR_CASE("annotated.guarded_member")
    .lesson("Say in the code which lock guards what, and the compiler checks every access.")
    .exercise("Compile the file with clang++ -Wthread-safety. Then find out what Silenced costs.")
    .scope({.threads = 4, .rounds = 200})
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](racepair::Scope scope) { return scope.threads % 2 * scope.rounds; })
    .scenario(bring_and_take)
    .blind("plain", racepair::When::always, "so short a gap is hit now and then only", 0.5)
    .racy<Racy>()
    .warned_at("stock--;")
    .wrong_fix<Silenced>("silenced", racepair::Defect::data_race)
    .fixed<Fixed>();
