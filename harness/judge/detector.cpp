#include "detector.hpp"

#include "evidence.hpp"

namespace racepair::judge {

const std::vector<const Detector*>& all_detectors() {
    static const std::vector<const Detector*> all = {&plain_detector(), &tsan_detector(),
                                                     &explore_detector()};
    return all;
}

const Detector* find_detector(std::string_view name) {
    for (const auto* detector : all_detectors())
        if (detector->name == name) return detector;
    return nullptr;
}

const Detector& detector_of(const Identity& identity) {
    for (const auto* detector : all_detectors())
        if (detector->fits(identity)) return *detector;
    return plain_detector();
}

}  // namespace racepair::judge
