#pragma once

// What a case file includes to tell racepair of its case. The variants and the scenario above the
// registration are plain standard C++ and know nothing of this header:
//
//     RACEPAIR_CASE("counters.plain_counter")
//         .lesson("++ is three steps, and a step that another thread takes in between is lost.")
//         .scope({.threads = 50, .rounds = 1000})
//         .expects([](racepair::Scope scope) { return scope.threads * scope.rounds; })
//         .scenario(count_together)
//         .racy<Racy>()
//         .wrong_fix<Volatile>("volatile", racepair::Defect::data_race)
//         .fixed<Fixed>();

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "racepair/registry.hpp"
#include "racepair/scope.hpp"
#include "racepair/team.hpp"

#if defined(__SANITIZE_THREAD__)
#define RACEPAIR_INSTRUMENTED true
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RACEPAIR_INSTRUMENTED true
#endif
#endif
#ifndef RACEPAIR_INSTRUMENTED
#define RACEPAIR_INSTRUMENTED false
#endif

#if defined(__OPTIMIZE__)
#define RACEPAIR_OPTIMISED true
#else
#define RACEPAIR_OPTIMISED false
#endif

// Proof by removal: where RACEPAIR_MUTATE is defined (racepair_add_cases(… MUTATE) does that), the
// code of a repair has to leave out what synchronises it, and must then fail:
//
//     void visit() {
//     #ifndef RACEPAIR_MUTATE
//         std::lock_guard guard(mutex);
//     #endif
//         ++hits;
//     }
#if defined(RACEPAIR_MUTATE)
#define RACEPAIR_MUTATED true
#else
#define RACEPAIR_MUTATED false
#endif

namespace racepair {

/// An outcome is a word or a number. What is longer is cut here, for expected and seen ones alike.
inline constexpr std::size_t longest_outcome = 200;

/// The text under which an outcome is counted: a number in decimal, a bool as true or false, text
/// as it is.
template <class Value>
std::string outcome_text(const Value& value) {
    if constexpr (std::same_as<Value, bool>)
        return value ? "true" : "false";
    else if constexpr (std::convertible_to<const Value&, std::string_view>)
        return std::string(std::string_view(value).substr(0, longest_outcome));
    else if constexpr (std::convertible_to<const Value&, long long> &&
                       !std::is_floating_point_v<Value>)
        // std::atomic<integer> takes this way too
        return std::to_string(static_cast<long long>(value));
    else
        static_assert(std::is_floating_point_v<Value> && !std::is_floating_point_v<Value>,
                      "a scenario returns its outcome as an integer, a bool or text");
}

/// What can be made again where it is called: a lambda without captures.
template <class Function>
inline constexpr bool is_bare =
    std::is_empty_v<Function>&& std::is_default_constructible_v<Function>;

/// Stand where the scenario and the control will be until they are given.
struct NoScenario {};
struct NoControl {};

/// A case under description. Each call returns the description, so that a registration reads as one
/// sentence. Nothing runs here: the description is handed to the registry when the program starts.
/// All that can be is done out of line: this code is compiled anew for each case, and under
/// valgrind translated anew in each process.
template <class Scenario, class Control>
class CaseDescription {
   public:
    explicit CaseDescription(CaseEntry entry) : entry_(std::move(entry)) {}

    /// One sentence: what a student should take home.
    CaseDescription&& lesson(std::string_view text) && {
        entry_.lesson = text;
        return std::move(*this);
    }

    /// What a student should look at, try or answer: one sentence or two.
    CaseDescription&& exercise(std::string_view text) && {
        entry_.exercise = text;
        return std::move(*this);
    }

    /// The known bug, program or study that the case was cut from: name, number, year.
    CaseDescription&& source(std::string_view text) && {
        entry_.source = text;
        return std::move(*this);
    }

    /// How large a trial is when it is run for real (default 2 × 1).
    CaseDescription&& scope(Scope scope) && {
        entry_.scope = scope;
        return std::move(*this);
    }

    /// Each member of the team has a part of its own, and there are so many parts: a run with more
    /// members or fewer is refused. Without this, each scope has to come out right.
    CaseDescription&& roles(int threads) && {
        entry_.roles = threads;
        return std::move(*this);
    }

    /// How large a trial is when all its schedules are to be enumerated (default 2 × 2). Their
    /// number grows with the factorial of the steps: keep it as small as the bug allows.
    CaseDescription&& explore_scope(Scope scope) && {
        entry_.explore_scope = scope;
        return std::move(*this);
    }

    /// The most trials that one run should do when nobody says how many: for cases whose single
    /// trial is slow.
    CaseDescription&& at_most_trials(int trials) && {
        entry_.at_most_trials = trials;
        return std::move(*this);
    }

    /// The scenario makes no sense with a single thread. Without this, each run begins with a
    /// control: one trial with one thread, which must be right in every variant, broken ones too,
    /// because nobody interferes.
    ///
    /// `control` takes the place of that trial: called as `control(variant)` with nobody else
    /// about, it says whether the variant does its work. Without it, a wrong outcome proves no
    /// race.
    template <class Check>
    CaseDescription<Scenario, Check> needs_company(Check) && {
        static_assert(is_bare<Check>, "a control captures nothing: write what it needs into it");
        entry_.needs_company = true;
        return CaseDescription<Scenario, Check>(std::move(entry_));
    }
    CaseDescription&& needs_company() && {
        entry_.needs_company = true;
        return std::move(*this);
    }

    /// A trial of a broken variant may never end: a dead-lock, a wake-up that is lost. Only a
    /// detector that decides the schedule can run such a case and come back; for all others it is
    /// left out, and said to be. `why` is for people.
    CaseDescription&& may_hang(std::string_view why) && {
        entry_.may_hang = why;
        return std::move(*this);
    }

    /// The outcomes that count as right: values, or one function of the Scope.
    template <class... Outcomes>
    CaseDescription&& expects(Outcomes... outcomes) && {
        if constexpr (sizeof...(Outcomes) == 1 && (std::is_invocable_v<Outcomes, Scope> && ...)) {
            static_assert((is_bare<Outcomes> && ...), "a function of the Scope captures nothing");
            entry_.expected =
                +[](Scope scope) { return std::vector{outcome_text(Outcomes{}(scope))...}; };
        } else {
            add_expected(entry_, {outcome_text(outcomes)...});
        }
        return std::move(*this);
    }

    /// Grades the outcomes that are not right: these are interesting, because a weak order of
    /// memory accesses gives them and nothing else does; any other one is forbidden, in broken
    /// variants too.
    template <class... Outcomes>
    CaseDescription&& interesting(Outcomes... outcomes) && {
        entry_.interesting = {outcome_text(outcomes)...};
        return std::move(*this);
    }

    /// The workload that drives every variant: called as `scenario(variant, team)` or
    /// `scenario(variant)` with a variant made for this trial alone, it returns the outcome. A
    /// generic lambda without captures.
    template <class Workload>
    CaseDescription<Workload, Control> scenario(Workload) && {
        static_assert(is_bare<Workload>,
                      "a scenario captures nothing: write what it needs into it");
        return CaseDescription<Workload, Control>(std::move(entry_));
    }

    /// The broken code that the case is about; `defect` says what is wrong with it.
    template <class Code>
    CaseDescription&& racy(std::string_view name = "racy", Defect defect = Defect::data_race) && {
        return std::move(*this).template add<Code>(name, Kind::racy, defect);
    }

    /// A repair that people really write and that does not repair; `defect` says what is still
    /// wrong with it.
    template <class Code>
    CaseDescription&& wrong_fix(std::string_view name, Defect defect) && {
        return std::move(*this).template add<Code>(name, Kind::wrong_fix, defect);
    }

    /// The repair: right in every schedule, and silent.
    template <class Code>
    CaseDescription&& fixed(std::string_view name = "fixed") && {
        return std::move(*this).template add<Code>(name, Kind::fixed, Defect::none);
    }

    /// The detector cannot see what is wrong with the variant that this follows (before the first
    /// variant: with any broken variant of the case), under the circumstance `when`. `detector` may
    /// be narrowed to a compiler or to one of its major versions: "tsan-gcc", "tsan-clang14";
    /// "valgrind" is Helgrind and DRD. Of several that fit, the first one stated counts. `why` is
    /// for people. It is checked: should more than `at_most` of the trials show the defect after
    /// all (0 to 1, judged at 95 % confidence), the run fails.
    CaseDescription&& blind(std::string_view detector, When when, std::string_view why,
                            double at_most = 0) && {
        return std::move(*this).except(Stance::blind, detector, when, why, at_most);
    }

    /// The detector is known to flag the fixed variant that this follows although nothing is wrong
    /// with it; or a broken one, whose defect it cannot see, for something else. It is checked:
    /// should the detector stay silent, the run fails.
    CaseDescription&& false_alarm(std::string_view detector, When when, std::string_view why) && {
        return std::move(*this).except(Stance::false_alarm, detector, when, why, 0);
    }

    /// The case uses locks with clang's annotations for thread-safety analysis (-Wthread-safety),
    /// and the analysis must warn about the variant that this follows at the line that holds
    /// `code`. About variants without this it must not warn. That is the detector `thread_safety`,
    /// which compiles the case's file and runs nothing.
    CaseDescription&& warned_at(std::string_view code) && {
        entry_.variants.back().warned_line = code;
        return std::move(*this);
    }

    operator Registration() && { return Registration(std::move(entry_)); }

   private:
    template <class Code>
    static std::string run_trial(Team& team) {
        // Not on this stack. clang leaves out the instrumentation of accesses to a local object
        // where it believes that no other thread can know of it, and it is wrong about members;
        // and its runtime does not report every race at an address where it has reported one
        // before. Fresh memory cures both.
        const auto code = std::make_unique<Code>();
        const ObjectUnderTest here(code.get(), sizeof(Code));
        if constexpr (std::is_invocable_v<const Scenario&, Code&, Team&>)
            return outcome_text(Scenario{}(*code, team));
        else
            return outcome_text(Scenario{}(*code));
    }

    template <class Code>
    static bool run_control() {
        const auto code = std::make_unique<Code>();
        return static_cast<bool>(Control{}(*code));
    }

    template <class Code>
    CaseDescription&& add(std::string_view name, Kind kind, Defect defect) && {
        bool (*control)() = nullptr;
        if constexpr (!std::same_as<Control, NoControl>) control = run_control<Code>;
        add_variant(entry_, name, typeid(Code), kind, defect, run_trial<Code>, control);
        return std::move(*this);
    }

    CaseDescription&& except(Stance stance, std::string_view detector, When when,
                             std::string_view why, double at_most) && {
        add_exception(entry_, stance, detector, when, why, at_most);
        return std::move(*this);
    }

    CaseEntry entry_;
};

}  // namespace racepair

#define RACEPAIR_JOIN_(a, b) a##b
#define RACEPAIR_JOIN(a, b) RACEPAIR_JOIN_(a, b)

/// Opens the description of a case; `name` is "<mechanism>.<case>". End it with a semicolon, at
/// namespace scope. What follows it belongs to the last operand: a case that is not asked for is
/// not described.
#define RACEPAIR_CASE(name)                                                                      \
    [[maybe_unused]] static const ::racepair::Registration RACEPAIR_JOIN(racepair_registration_, \
                                                                         __LINE__) =             \
        !::racepair::is_asked_for(name)                                                          \
            ? ::racepair::Registration()                                                         \
            : ::racepair::CaseDescription<::racepair::NoScenario, ::racepair::NoControl>(        \
                  ::racepair::new_case(name, __FILE__, __LINE__, RACEPAIR_INSTRUMENTED,          \
                                       RACEPAIR_OPTIMISED, RACEPAIR_MUTATED))
