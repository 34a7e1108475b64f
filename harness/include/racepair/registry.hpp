#pragma once

// What the subject knows of its cases: plain data that it hands on to the judge, and a function for
// each variant that runs one trial. Case files reach it through case.hpp.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "racepair/scope.hpp"

namespace racepair {

class Team;

/// What a variant is in the lesson.
enum class Kind { racy, wrong_fix, fixed };

/// What is wrong with a variant.
enum class Defect {
    none,
    data_race,       // two unordered accesses to one place, one of them a plain write
    race_condition,  // a wrong result, or no result, although every access is synchronised
    lifetime,        // an object is used before it is made or after it is gone
    lock_order,      // locks are taken in orders that can wait for each other
    lock_misuse,     // a lock, condition variable or thread is used against its contract
    weak_memory,     // a result that only reordered memory accesses can give
};

/// A circumstance under which an expectation differs from the default: always; where the case was
/// compiled with optimisation; where only one CPU may be used; where both hold.
enum class When { always, optimised, one_cpu, optimised_on_one_cpu };

/// What is expected of a detector where the default does not hold.
enum class Stance { blind, false_alarm };

struct Exception {
    Stance stance;
    std::string detector;  // "tsan"; or of one compiler, or one of its versions: "tsan-clang14"
    When when;
    std::string why;
    double at_most;  // share of the trials, 0 to 1
};

struct VariantEntry {
    std::string name;
    std::string type;  // as the source spells it, with its namespace
    Kind kind = Kind::racy;
    Defect defect = Defect::none;
    std::function<std::string(Team&)>
        trial;                        // runs one trial on a fresh object, returns its outcome
    std::function<bool()> control{};  // does it work with nobody else about? Empty: not stated
    std::string warned_line{};  // code of the line that clang's thread-safety analysis warns at
    std::vector<Exception> exceptions;
};

struct CaseEntry {
    std::string name;
    std::string file;
    int line = 0;
    bool instrumented =
        false;  // was the case's own file compiled with ThreadSanitizer's instrumentation?
    bool optimised = false;  // … and with optimisation?
    bool mutated = false;    // … and with RACEPAIR_MUTATE, without what synchronises its repairs?
    std::string lesson{};
    std::string exercise{};  // what a student should do with it
    std::string source{};    // the known bug or study that it was cut from
    Scope scope{};
    int roles = 0;               // threads that there have to be; 0: any number
    int at_most_trials = 0;      // 0: no limit of its own
    bool needs_company = false;  // a trial with one thread makes no sense
    std::string may_hang{};      // why a trial may never end, where it may not
    std::function<std::vector<std::string>(Scope)> expected{};
    std::vector<std::string> interesting{};  // outcomes that only a weak order of memory gives
    std::vector<Exception> exceptions{};     // for every broken variant
    std::vector<VariantEntry> variants{};
    Scope explore_scope{.threads = 2, .rounds = 2};
};

/// A case of that name, described where the arguments say; the rest is added to it.
CaseEntry new_case(std::string_view name, std::string_view file, int line, bool instrumented,
                   bool optimised, bool mutated);

/// Says that these outcomes are right in every scope.
void add_expected(CaseEntry& entry, std::vector<std::string> outcomes);

/// Adds a variant to the case; `code` is the type under test, and a control of nullptr is none.
void add_variant(CaseEntry& entry, std::string_view name, const std::type_info& code, Kind kind,
                 Defect defect, std::string (*trial)(Team&), bool (*control)());

/// Adds an exception to the variant added last, or to the case where there is none yet.
void add_exception(CaseEntry& entry, Stance stance, std::string_view detector, When when,
                   std::string_view why, double at_most);

/// Has this process to do with the case? With all cases, unless its command line has `--run
/// <case>.<variant>` and /proc can be read: then with that one and the canary. In a program of a
/// hundred cases it saves describing the others, which takes a third of a second under valgrind.
bool is_asked_for(std::string_view case_name);

/// Adds a case to the program's cases when it is constructed, before main. Of a mutated case only
/// the repairs are added, as <variant>_mutated: each is expected to fail as the case's first broken
/// variant does, or with a data race where there is none.
class Registration {
   public:
    Registration() = default;  // of a case that is not asked for
    explicit Registration(CaseEntry entry);
};

/// What is wrong with the name of a case or a variant, in words for people; "" if nothing is.
std::string objection_to_names(const std::vector<CaseEntry>& cases);

/// The program's cases that are asked for, sorted by name.
const std::vector<CaseEntry>& registered_cases();

/// Tells the evidence where the object under test lives, for as long as this lives. Accesses that a
/// detector reports between begin and end of that object are the case's own, wherever the code
/// stands that made them.
class ObjectUnderTest {
   public:
    ObjectUnderTest(const void* begin, std::size_t size);
    ~ObjectUnderTest();
    ObjectUnderTest(const ObjectUnderTest&) = delete;
    ObjectUnderTest& operator=(const ObjectUnderTest&) = delete;
};

}  // namespace racepair
