#pragma once

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "racepair/case.hpp"

namespace explored {

/// The scenario of all programs that the explorer is tested with: each drives itself and returns
/// its outcome.
constexpr auto drive = [](auto& program, auto& team) {
    if constexpr (requires { program.run(team); })
        return program.run(team);
    else
        return program.run();
};

/// Runs each of these functions on a thread of its own, and returns when all are done.
template <class... Work>
void together(Work&&... work) {
    std::thread threads[] = {std::thread(std::forward<Work>(work))...};
    for (auto& thread : threads) thread.join();
}

/// "1 0 2": what several threads saw.
template <class... Value>
std::string words(const Value&... values) {
    std::string text;
    ((text += (text.empty() ? "" : " ") + racepair::outcome_text(values)), ...);
    return text;
}

}  // namespace explored
