#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace racepair::cli {

Progress::Progress() : is_terminal_(isatty(STDOUT_FILENO) == 1) {}

void Progress::show(const std::string& text) const {
    if (!is_terminal_) return;
    fmt::print("\r\x1b[K{}", text.substr(0, 78));
    std::fflush(stdout);
}

void Progress::clear() const {
    if (is_terminal_) fmt::print("\r\x1b[K");
}

}  // namespace racepair::cli
