#include "chance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace racepair::judge {
namespace {

constexpr double z = 1.959964;  // of the normal distribution, two-sided 95 %

struct Interval {
    double low, high;
};

Interval wilson(double hits, double trials) {
    if (trials == 0) return {0, 1};
    const double rate = hits / trials;
    const double scale = 1 + z * z / trials;
    const double centre = (rate + z * z / (2 * trials)) / scale;
    const double half =
        z / scale * std::sqrt(rate * (1 - rate) / trials + z * z / (4 * trials * trials));
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

std::string percent(double share) {
    return fmt::format("{:.{}f} %", share * 100, share < 0.0995 ? 2 : 1);
}

}  // namespace

double Rate::low() const {
    return wilson(static_cast<double>(hits), static_cast<double>(trials)).low;
}
double Rate::high() const {
    return wilson(static_cast<double>(hits), static_cast<double>(trials)).high;
}

std::string Rate::text() const {
    if (trials == 0) return "0/0";
    if (hits == 0)
        return fmt::format("0/{} (below {})", trials,
                           percent(std::min(1.0, 3.0 / static_cast<double>(trials))));
    if (hits == trials) return fmt::format("{}/{} (at least {})", hits, trials, percent(low()));
    return fmt::format("{}/{} ({} to {})", hits, trials, percent(low()), percent(high()));
}

}  // namespace racepair::judge
