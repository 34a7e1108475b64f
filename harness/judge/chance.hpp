#pragma once

#include <string>

namespace racepair::judge {

/// k of n trials, and what that says about the true rate.
struct Rate {
    long long hits = 0;
    long long trials = 0;

    /// The 95 % interval of Wilson (1927), 0 to 1; 0 to 1 as a whole where there were no trials.
    double low() const;
    double high() const;

    /// "37/1000 (2.70 % to 5.06 %)", "1000/1000 (at least 99.6 %)", or for none
    /// "0/1000 (below 0.30 %)": the rule of three,
    /// 3/n (Hanley & Lippman-Hand, 1983). All at 95 %.
    std::string text() const;
};

}  // namespace racepair::judge
