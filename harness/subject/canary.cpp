// It is right and silent whatever a program takes away from its own cases.
#undef RACEPAIR_MUTATE

#include "canary.hpp"

#include <atomic>
#include <functional>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"
#include "trials.hpp"

namespace racepair_canary {

struct Racy {
    int visits = 0;
    void visit(racepair::Order& both_have_read) {
        const int seen = visits;  // both visitors read 0 …
        both_have_read.arrive();
        both_have_read.await(2);
        visits = seen + 1;  // … and both write 1
    }
};

struct Fixed {
    std::atomic<int> visits = 0;
    void visit(racepair::Order& both_are_here) {
        both_are_here.arrive();
        both_are_here.await(2);
        visits.fetch_add(1);
    }
};

constexpr auto two_visits = []<class Site>(Site& site) {
    racepair::Order order;
    // No lambdas: gcc's symbolizer has no full names for what is made of them, and a suppression
    // that hits the threads of cases by such a name has to hit the canary as well.
    std::thread first(&Site::visit, &site, std::ref(order));
    std::thread second(&Site::visit, &site, std::ref(order));
    first.join();
    second.join();
    return static_cast<int>(site.visits);
};

}  // namespace racepair_canary

namespace racepair::subject {

void register_canary() {
    RACEPAIR_CASE(canary_name)
        .lesson(
            "The race that must be seen and the repair that must not be: if this fails, nothing "
            "else "
            "counts.")
        .needs_company([](auto& site) {
            racepair::Order order;
            order.arrive();
            site.visit(order);
            return site.visits == 1;
        })
        .expects(2)
        .scenario(racepair_canary::two_visits)
        .racy<racepair_canary::Racy>()
        .fixed<racepair_canary::Fixed>();
}

void run_canary(const std::string& except) {
    run_canary(except, [](const CaseEntry& entry, const VariantEntry& variant) {
        run_trials(entry, variant, {});
    });
}

void run_canary(const std::string& except,
                const std::function<void(const CaseEntry&, const VariantEntry&)>& run) {
    for (const auto& entry : registered_cases())
        if (entry.name == canary_name)
            for (const auto& variant : entry.variants)
                if (entry.name + "." + variant.name != except) run(entry, variant);
}

}  // namespace racepair::subject
