#include "expectation.hpp"

#include <stdexcept>

#include "detector.hpp"
#include "evidence.hpp"

namespace racepair::judge {
namespace {

bool holds(const std::string& when, const CaseInfo& info, const Identity& identity) {
    if (when == "always") return true;
    if (when == "optimised") return info.optimised;
    if (when == "one_cpu") return identity.cpus_allowed == 1;
    if (when == "optimised_on_one_cpu") return info.optimised && identity.cpus_allowed == 1;
    throw std::runtime_error("unknown circumstance '" + when + "'");
}

const KnownException* find(const std::vector<KnownException>& exceptions, const CaseInfo& info,
                           const Detector& detector, const Identity& identity) {
    for (const auto& exception : exceptions) {
        if (!names_any_detector(exception.detector))
            throw std::runtime_error(
                info.name + " names a detector that does not exist: " + exception.detector);
        if (names(exception.detector, detector, identity) && holds(exception.when, info, identity))
            return &exception;
    }
    return nullptr;
}

Stance stance_of(const KnownException& exception) {
    if (exception.stance == "blind") return Stance::blind;
    if (exception.stance == "false_alarm") return Stance::false_alarm;
    throw std::runtime_error("unknown stance '" + exception.stance + "'");
}

}  // namespace

Expectation expectation_for(const CaseInfo& info, const VariantInfo& variant,
                            const Detector& detector, const Identity& identity) {
    const bool broken = variant.defect != "none";
    if (detector.compiles) {
        if (!variant.warned_line.empty()) return {Stance::must_flag, "", 0, false};
        if (!broken) return {Stance::must_stay_silent, "", 0, false};
        return {Stance::blind, "what is wrong is not what the annotations say", 0, false};
    }
    const auto unseen = detector.blind_to.find(variant.defect);
    const bool is_unseen = unseen != detector.blind_to.end();
    // Whatever else is known: where the detector cannot see this defect at all, a wrong outcome has
    // to show it.
    const bool wrong_anyway = is_unseen && unseen->second.outcome_must_show;
    const auto* exception = find(variant.exceptions, info, detector, identity);
    if (exception == nullptr && broken) exception = find(info.exceptions, info, detector, identity);
    if (exception != nullptr) {
        const auto stance = stance_of(*exception);
        // Only of schedules can it be said that not all were looked at.
        const bool sees_a_part = stance == Stance::blind && detector.explores;
        // It may flag what it cannot see the defect of, for something that is not wrong.
        const bool flags_besides = stance == Stance::false_alarm && is_unseen;
        if ((stance == Stance::blind) != broken && !sees_a_part && !flags_besides)
            throw std::runtime_error(info.name + "." + variant.name + " is said to be " +
                                     exception->stance + " under " + exception->detector +
                                     ", which needs a variant that is " +
                                     (broken ? "right, or whose defect it cannot see" : "broken"));
        return {stance, exception->why, exception->at_most, wrong_anyway && !flags_besides};
    }

    if (!broken) return {Stance::must_stay_silent, "", 0, false};
    if (is_unseen) return {Stance::blind, unseen->second.why, unseen->second.at_most, wrong_anyway};
    if (!detector.signs_of_defect.contains(variant.defect))
        throw std::runtime_error(info.name + "." + variant.name + " has a defect of which " +
                                 detector.name + " knows nothing: " + variant.defect);
    return {Stance::must_flag, "", 0, false};
}

std::string text_of(Stance stance) {
    switch (stance) {
        case Stance::must_flag: return "must flag";
        case Stance::must_stay_silent: return "must stay silent";
        case Stance::blind: return "blind";
        case Stance::false_alarm: return "false alarm";
    }
    return "";
}

}  // namespace racepair::judge
