#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detector.hpp"
#include "exploring.hpp"
#include "machine.hpp"
#include "result.hpp"
#include "subject_process.hpp"
#include "symbols.hpp"

namespace racepair::judge {

/// What the person who calls the judge asks for. What is left open follows from the detector and
/// the case.
struct Request {
    std::string detector;                             // "": the one that the subject was built for
    std::optional<long long> trials;                  // exactly so many
    std::optional<std::chrono::milliseconds> budget;  // as many as fit into this time
    std::chrono::milliseconds timeout{60'000};        // of one process
    bool isolate = false;                             // each trial in a process of its own
    bool muted = false;   // leave reports muted where the lane's own options mute them
    Exploring exploring;  // with a detector that explores
    std::string judge_program = "racepair";  // for the command that reproduces a verdict

    /// Called while trials run, with the variant's name and how many are done.
    std::function<void(const std::string& name, long long trials)> on_progress;

    /// Called now and then while schedules are explored: how many were run, and how many more are
    /// known of at least; how many outcomes differ, and how many steps the longest one had.
    std::function<void(long long executions, long long pending, long long outcomes,
                       long long steps)>
        on_exploring;
};

/// Judges the variants of one subject: asks it for its cases, has it run trials, and weighs what it
/// leaves.
class Session {
   public:
    /// Asks the subject what it is and which cases it holds; takes two processes at most.
    /// Throws SubjectError if it cannot say.
    Session(std::string subject, Request request, Machine machine);

    const std::string& subject() const { return subject_; }
    const Identity& identity() const { return identity_; }
    const Detector& detector() const { return *detector_; }
    const std::vector<CaseInfo>& cases() const { return cases_; }
    /// Cases whose trials may never end, which this detector can not run.
    const std::vector<CaseInfo>& left_out() const { return left_out_; }
    const Preparation& preparation() const { return preparation_; }

    /// Has the subject run trials of a variant and weighs the evidence. Never throws for what a
    /// subject does. `info` is one of cases().
    Result judge(const CaseInfo& info, const VariantInfo& variant) const;

    /// Has the subject run trials of a variant for a short time, and weighs nothing. `amplified`:
    /// by a team that lives on and is stopped in mid-step; otherwise by threads that are started
    /// for each trial, as people write them. Not with a detector that explores, or under valgrind.
    Result sample(const CaseInfo& info, const VariantInfo& variant, std::chrono::milliseconds time,
                  bool amplified) const;

    /// Has the subject follow one schedule, or disturb real threads, as the request's Exploring
    /// says: what it left, which nobody weighed. `refused` says why it could not, or is empty.
    struct Unweighed {
        Result result;
        std::string refused;
    };
    Unweighed watch(const CaseInfo& info, const VariantInfo& variant) const;

    /// The words with which a subject that explores is started for that.
    std::vector<std::string> words_to_run(const CaseInfo& info, const VariantInfo& variant) const;

    /// Of the subject's program; read when first asked for.
    const Symbols& symbols() const;

   private:
    struct Told {
        long long trials = 0;
        std::vector<std::string> arguments;
        std::map<std::string, std::string> environment{};  // beside the detector's
    };

    void leave_muted();
    Told tell_program(const CaseInfo& info, const std::string& name) const;
    void check_compiler();
    Result judge_by_compiler(const CaseInfo& info, const VariantInfo& variant) const;
    void check_valgrind();
    void check_explorer();
    std::pair<Traces, Evidence> launch_under_valgrind(
        const std::string& name, const Told& told,
        const std::function<void(std::string_view)>& on_line) const;
    bool one_trial_a_process() const;
    Traces launch(const std::vector<std::string>& arguments,
                  const std::map<std::string, std::string>& environment,
                  const std::function<void(std::string_view)>& on_line = {}) const;
    Told tell_exploring(const CaseInfo& info, const VariantInfo& variant,
                        const Expectation& expectation) const;
    void hear(const std::string& name, long long done, std::string_view line) const;
    void explore_scopes();
    Result begin_result(const CaseInfo& info, const VariantInfo& variant) const;
    void name_all(Evidence& evidence, const VariantInfo& variant) const;
    void fill(Result& result, Evidence& evidence, const Traces& traces) const;
    void leave_out_what_may_hang();
    Told tell(const CaseInfo& info, const VariantInfo& variant,
              const Expectation& expectation) const;
    void check_option_keys();
    std::string what_silences_the_canary() const;
    std::string reproduce(const std::string& name) const;

    std::string subject_;
    std::string valgrind_;  // its path, where the detector is one of its tools
    Request request_;
    Machine machine_;
    Identity identity_;
    const Detector* detector_ = nullptr;
    std::optional<ProgramInfo> program_;  // where the subject is a whole program
    std::string muted_by_;                // the option that mutes reports, where that is left
    std::vector<CaseInfo> cases_;
    std::vector<CaseInfo> left_out_;
    Preparation preparation_;
    mutable std::unique_ptr<Symbols> symbols_;
};

/// The subject could not say what it is: the verdict that this amounts to, and what was seen.
class SubjectError : public std::runtime_error {
   public:
    SubjectError(Verdict amounts_to, const std::string& what)
        : std::runtime_error(what), verdict(amounts_to) {}
    Verdict verdict;
};

/// A word as a POSIX shell takes it back: as it is, or in single quotes.
std::string shell_word(const std::string& word);

}  // namespace racepair::judge
