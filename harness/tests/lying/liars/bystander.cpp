#include "bystander.hpp"

namespace lying {
namespace {

int elsewhere = 0;

}  // namespace

void race_elsewhere(racepair::Order& order, int everyone) {
    const int seen = elsewhere;
    order.arrive();
    order.await(everyone);
    elsewhere = seen + 1;
}

}  // namespace lying
