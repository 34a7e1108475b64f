// annotated: what clang's analysis is told to warn at, and what it says, differ in each way.

#include "annotated/annotated_mutex.hpp"
#include "racepair/case.hpp"

namespace annotated_liars {

using annotated::Mutex;

struct Shop {
    Mutex mutex;
    int stock ANNOTATED(guarded_by(mutex)) = 0;
};

struct Unlocked : Shop {
    void sell() { stock = 1; }
};

struct Locked : Shop {
    void sell() {
        mutex.lock();
        stock = 1;
        mutex.unlock();
    }
};

struct Silenced : Shop {
    void sell() ANNOTATED(no_thread_safety_analysis) { stock = 1; }
};

struct WarnedElsewhere : Shop {
    void look() { stock = 2; }
    void sell() ANNOTATED(no_thread_safety_analysis) { stock = 1; }
};

constexpr auto sell = [](auto& shop) {
    shop.sell();
    return 1;
};

}  // namespace annotated_liars

using namespace annotated_liars;

RACEPAIR_CASE("annotated.honest")
    .lesson("A case to be believed.")
    .expects(1)
    .scenario(sell)
    .racy<Unlocked>()
    .warned_at("stock = 1")
    .fixed<Locked>();

RACEPAIR_CASE("annotated.silenced")
    .lesson("Its racy variant says where the warning is, and there is none.")
    .expects(1)
    .scenario(sell)
    .racy<Silenced>()
    .warned_at("stock = 1")
    .fixed<Locked>();

RACEPAIR_CASE("annotated.elsewhere")
    .lesson("Its racy variant is warned of at another line than it says.")
    .expects(1)
    .scenario(sell)
    .racy<WarnedElsewhere>()
    .warned_at("stock = 1")
    .fixed<Locked>();

RACEPAIR_CASE("annotated.not_repaired")
    .lesson("Its fixed variant is warned of.")
    .expects(1)
    .scenario(sell)
    .racy<Unlocked>("racy")
    .warned_at("stock = 1")
    .fixed<Unlocked>();
