#include "subject_matter.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace racepair::report::page {

using judge::Result;

const Result& Variant::any() const {
    const Result* found = nullptr;
    for (const auto* result : said)
        if (result != nullptr && (found == nullptr || (found->explored && !result->explored)))
            found = result;
    return *found;
}

const std::string& Variant::definition() const {
    for (const auto* result : said)
        if (result != nullptr && !result->definition.empty()) return result->definition;
    return any().definition;
}

namespace {

/// Letters, digits, '_' and '.' stand for themselves, any other byte for its number: no two names
/// have the same.
std::string anchor_of(const std::string& name) {
    std::string anchor = "case/";
    for (const char letter : name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80 && (std::isalnum(byte) != 0 || letter == '_' || letter == '.'))
            anchor += letter;
        else
            anchor += fmt::format("-{:02x}", byte);
    }
    return anchor;
}

/// Puts cases, sorted by name, in the order of the course.
std::vector<Case> in_order_of(const std::vector<Part>& course, std::vector<Case> cases) {
    std::vector<Case> ordered;
    for (const auto& part : course)
        for (const auto& name : part.cases) {
            const auto found = std::find_if(cases.begin(), cases.end(), [&](const Case& one) {
                return one.info->name == name;
            });
            if (found == cases.end()) continue;
            found->part = part.title;
            ordered.push_back(std::move(*found));
            cases.erase(found);
        }
    if (ordered.empty() && !cases.empty())
        throw std::runtime_error("no case of the course has a result, and " +
                                 cases.front().info->name + " is not in the course");
    for (auto& one : cases) {
        one.part = "not in the course";
        ordered.push_back(std::move(one));
    }
    return ordered;
}

}  // namespace

std::vector<Case> cases_of(const Grid& grid, const std::vector<Part>& course) {
    std::vector<Case> cases;
    for (const auto& row : grid.rows) {
        Variant variant;
        for (std::size_t lane = 0; lane < grid.lanes.size(); ++lane)
            variant.said.push_back(grid.at(row, lane));
        const auto& result = variant.any();
        variant.info = &result.variant_info();
        variant.name = variant.info->name;
        if (cases.empty() || cases.back().info->name != result.info.name)
            cases.push_back(
                {&result.info, {}, anchor_of(result.info.name), result.info.mechanism()});
        // Where schedules are explored, the case is run smaller than it is.
        if (cases.back().variants.empty() || cases.back().variants.front().any().explored)
            cases.back().info = &result.info;
        cases.back().variants.push_back(std::move(variant));
    }
    for (auto& one : cases) {
        const auto place_in_case = [&](const Variant& variant) {
            const auto& all = one.info->variants;
            return std::find_if(all.begin(), all.end(),
                                [&](const auto& info) { return info.name == variant.name; }) -
                   all.begin();
        };
        std::stable_sort(one.variants.begin(), one.variants.end(),
                         [&](const Variant& a, const Variant& b) {
                             return place_in_case(a) < place_in_case(b);
                         });
    }
    return course.empty() ? cases : in_order_of(course, std::move(cases));
}

std::string text_of(const Lane& lane) { return lane.detector + " " + lane.build; }

char mark_of(const Result* result) {
    if (result == nullptr) return 'n';
    if (!result->as_expected) return 'x';
    return word_of(*result).front();
}

std::string place_of(const judge::Frame& frame) {
    return fmt::format("{}:{}", frame.file.substr(frame.file.rfind('/') + 1), frame.line);
}

std::string code_at(const Variant& variant, const judge::Frame& frame) {
    const auto key = fmt::format("{}:{}", frame.file, frame.line);
    for (const auto* result : variant.said) {
        if (result == nullptr) continue;
        const auto found = result->code.find(key);
        if (found != result->code.end()) return found->second;
    }
    return "";
}

}  // namespace racepair::report::page
