#include "tsan_options.hpp"

#include <algorithm>
#include <numeric>

namespace racepair::judge {
namespace {

constexpr std::string_view separators = " ,:\n\t\r";

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, changed});
        }
    }
    return row[b.size()];
}

}  // namespace

std::vector<TsanOption> read_tsan_options(std::string_view text,
                                          std::vector<std::string>& unreadable) {
    std::vector<TsanOption> options;
    while (true) {
        const auto begin = text.find_first_not_of(separators);
        if (begin == std::string_view::npos) return options;
        text.remove_prefix(begin);
        const auto sign = text.find_first_of("= ,:\n\t\r");
        if (sign == std::string_view::npos || text[sign] != '=') {
            const auto word = text.substr(0, sign);
            unreadable.emplace_back(word);
            text.remove_prefix(word.size());
            continue;
        }
        TsanOption option{std::string(text.substr(0, sign)), ""};
        text.remove_prefix(sign + 1);
        if (!text.empty() && (text[0] == '"' || text[0] == '\'')) {
            const auto end = text.find(text[0], 1);
            option.value = text.substr(1, end == std::string_view::npos ? end : end - 1);
            if (end == std::string_view::npos)
                unreadable.push_back(option.key + "=" + std::string(text));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        } else {
            option.value = text.substr(0, text.find_first_of(separators));
            text.remove_prefix(option.value.size());
        }
        options.push_back(std::move(option));
    }
}

std::vector<std::string> keys_in_help(std::string_view help) {
    // Each flag is a line with one tab and its name; its description follows on a line with two
    // tabs.
    std::vector<std::string> keys;
    while (!help.empty()) {
        const auto end = help.find('\n');
        const auto line = help.substr(0, end);
        help.remove_prefix(end == std::string_view::npos ? help.size() : end + 1);
        if (line.size() > 1 && line[0] == '\t' && line[1] != '\t' &&
            line.find_first_of(" \t", 1) == std::string_view::npos)
            keys.emplace_back(line.substr(1));
    }
    return keys;
}

std::string nearest_key(std::string_view key, const std::vector<std::string>& known) {
    std::string nearest;
    std::size_t least = key.size() / 3 + 1;
    for (const auto& candidate : known)
        if (const auto distance = edit_distance(key, candidate); distance < least) {
            least = distance;
            nearest = candidate;
        }
    return nearest;
}

}  // namespace racepair::judge
