#include "detector.hpp"

#include "evidence.hpp"

namespace racepair::judge {

const std::vector<const Detector*>& all_detectors() {
    static const std::vector<const Detector*> all = {
        &plain_detector(), &tsan_detector(),    &helgrind_detector(),
        &drd_detector(),   &explore_detector(), &thread_safety_detector()};
    return all;
}

const Detector* find_detector(std::string_view name) {
    for (const auto* detector : all_detectors())
        if (detector->name == name) return detector;
    return nullptr;
}

bool names(std::string_view name, const Detector& detector, const Identity& identity) {
    if (name == all_of_valgrind) return !detector.valgrind_tool.empty();
    const std::string of_compiler = detector.name + "-" + identity.compiler;
    const auto major = identity.compiler_version.substr(0, identity.compiler_version.find('.'));
    return name == detector.name || name == of_compiler || name == of_compiler + major;
}

bool names_any_detector(std::string_view name) {
    if (name == all_of_valgrind) return true;
    const auto end = name.find('-');
    if (find_detector(name.substr(0, end)) == nullptr) return false;
    if (end == std::string_view::npos) return true;
    auto rest = name.substr(end + 1);
    for (const std::string_view compiler : {"clang", "gcc"})
        if (rest.starts_with(compiler))
            return rest.find_first_not_of("0123456789", compiler.size()) == std::string_view::npos;
    return false;
}

const Detector& detector_of(const Identity& identity) {
    for (const auto* detector : all_detectors())
        if (detector->fits(identity)) return *detector;
    return plain_detector();
}

}  // namespace racepair::judge
