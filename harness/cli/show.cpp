#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "../judge/exit_code.hpp"
#include "../report/console.hpp"
#include "../report/pair_screen.hpp"
#include "commands.hpp"

namespace racepair::cli {

int show(const ShowOptions& options) {
    std::vector<judge::Result> results;
    for (const auto& file : options.files) {
        try {
            auto read = judge::read_results(file);
            results.insert(results.end(), read.results.begin(), read.results.end());
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    }
    const auto style = report::style_for(STDOUT_FILENO);
    if (!options.pair.empty()) {
        try {
            fmt::print("{}", report::pair_screen(results, options.pair, style));
        } catch (const std::runtime_error& wrong) {
            throw UsageError(wrong.what());
        }
    } else {
        for (const auto& result : results) fmt::print("{}", report::text_of(result, style));
        fmt::print("{}", report::summary_of(results, style));
    }
    return judge::exit_code_for(results);
}

}  // namespace racepair::cli
