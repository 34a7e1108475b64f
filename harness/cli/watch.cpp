#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

#include "../judge/exit_code.hpp"
#include "../judge/place.hpp"
#include "../judge/session.hpp"
#include "../report/watch_screen.hpp"
#include "arguments.hpp"
#include "commands.hpp"

namespace racepair::cli {
namespace {

using namespace racepair::judge;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds slice{250};  // of trials, between two pictures
constexpr std::chrono::seconds usual_time{10};   // where nobody can press a key

struct Options {
    std::string subject;
    std::string name;  // "<mechanism>.<case>", or that with ".<variant>"
    std::optional<std::chrono::milliseconds> time;  // until q
};

volatile std::sig_atomic_t told_to_end = 0;
void note_signal(int) { told_to_end = 1; }

/// The terminal while it is drawn on: keys come one by one, and all is put back at the end.
class Terminal {
   public:
    Terminal() {
        if (isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) return;
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios raw = before_;
        raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        raw.c_cc[VMIN] = 0;
        raw.c_cc[VTIME] = 0;
        is_drawn_on_ = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
        if (is_drawn_on_) fmt::print("\x1b[?1049h\x1b[?25l");
    }
    ~Terminal() {
        if (!is_drawn_on_) return;
        fmt::print("\x1b[?25h\x1b[?1049l");
        std::fflush(stdout);
        tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool is_drawn_on() const { return is_drawn_on_; }

    void draw(const std::string& screen) const {
        std::string text = "\x1b[H";
        for (const char letter : screen) {
            if (letter == '\n') text += "\x1b[K";
            text += letter;
        }
        fmt::print("{}\x1b[J", text);
        std::fflush(stdout);
    }

    /// The next key, or 0 if none was pressed within that time.
    char key(std::chrono::milliseconds wait) const {
        pollfd in{STDIN_FILENO, POLLIN, 0};
        char pressed = 0;
        if (poll(&in, 1, static_cast<int>(wait.count())) <= 0) return 0;
        // Nobody is there any more: the same as being told to end.
        return read(STDIN_FILENO, &pressed, 1) == 1 ? pressed : 'q';
    }

   private:
    termios before_{};
    bool is_drawn_on_ = false;
};

/// A case, the broken variants that can be looked at, and its repair.
struct Pair {
    const CaseInfo* info = nullptr;
    std::vector<const VariantInfo*> broken;
    const VariantInfo* repair = nullptr;
    std::size_t shown = 0;  // of the broken ones
};

Pair pair_of(const Session& session, const std::string& name) {
    Pair pair;
    for (const auto& info : session.left_out())
        if (name == info.name || name.starts_with(info.name + "."))
            throw UsageError(
                fmt::format("a trial of {} may never end: {}\n"
                            "Next: racepair explore SUBJECT {}, with a subject of "
                            "--preset explore",
                            info.name, info.may_hang, info.name));
    for (const auto& info : session.cases()) {
        if (name != info.name && !name.starts_with(info.name + ".")) continue;
        pair.info = &info;
        for (const auto& variant : info.variants) {
            if (variant.defect == "none") {
                if (pair.repair == nullptr) pair.repair = &variant;
                continue;
            }
            if (name == info.name + "." + variant.name) pair.shown = pair.broken.size();
            pair.broken.push_back(&variant);
        }
        const bool is_known =
            name == info.name || std::any_of(info.variants.begin(), info.variants.end(),
                                             [&](const VariantInfo& variant) {
                                                 return name == info.name + "." + variant.name;
                                             });
        if (is_known && !pair.broken.empty() && pair.repair != nullptr) return pair;
    }
    throw UsageError(
        fmt::format("{} holds no case {} with a broken variant and a repair\n"
                    "Next: racepair list {}",
                    session.subject(), name, shell_word(session.subject())));
}

report::Watched nothing_of(const CaseInfo& info, const VariantInfo& variant) {
    return {info, variant.name, definition_of(info.file, variant.type).value_or("")};
}

/// Has both variants run in turn until a key, a signal or the time ends it.
void watch(const Session& session, Pair pair, std::optional<std::chrono::milliseconds> time) {
    const Terminal terminal;
    const auto style = report::style_for(STDOUT_FILENO);
    report::Watching watching{.detector = session.detector().name};
    auto broken = nothing_of(*pair.info, *pair.broken[pair.shown]);
    auto repair = nothing_of(*pair.info, *pair.repair);
    if (!terminal.is_drawn_on() && !time) time = usual_time;
    const auto begin = Clock::now();
    bool is_turn_of_repair = false;
    while (told_to_end == 0 && (!time || is_turn_of_repair || Clock::now() - begin < *time)) {
        if (!watching.paused) {
            const auto& variant = is_turn_of_repair ? *pair.repair : *pair.broken[pair.shown];
            auto& watched = is_turn_of_repair ? repair : broken;
            watched.add(session.sample(*pair.info, variant, slice, watching.amplified));
            is_turn_of_repair = !is_turn_of_repair;
        }
        if (!terminal.is_drawn_on()) {
            if (!is_turn_of_repair)
                fmt::print("{}{}", watch_line(broken, watching), watch_line(repair, watching));
            std::fflush(stdout);
            continue;
        }
        terminal.draw(watch_screen(broken, repair, watching, style));
        const char key = terminal.key(watching.paused ? slice : std::chrono::milliseconds(0));
        if (key == 'q') return;
        if (key == ' ') watching.paused = !watching.paused;
        if (key == 'a') watching.amplified = !watching.amplified;
        if (key == 'v') pair.shown = (pair.shown + 1) % pair.broken.size();
        if (key == 'v') broken = nothing_of(*pair.info, *pair.broken[pair.shown]);
        if (key == 'r' || key == 'a') {
            broken = nothing_of(*pair.info, *pair.broken[pair.shown]);
            repair = nothing_of(*pair.info, *pair.repair);
        }
    }
}

int run(const Options& options) {
    must_be_program(options.subject);
    try {
        const Session session(options.subject, {}, this_machine());
        if (session.detector().explores)
            throw UsageError(fmt::format(
                "{} explores schedules and runs no trials\n"
                "Next: racepair explore {} {}",
                options.subject, shell_word(options.subject), shell_word(options.name)));
        std::signal(SIGINT, note_signal);
        std::signal(SIGTERM, note_signal);
        watch(session, pair_of(session, options.name), options.time);
    } catch (const SubjectError& error) {
        fmt::print(stderr, "{} {}\n", text_of(error.verdict), error.what());
        return exit_untrustworthy;
    }
    return exit_as_expected;
}

}  // namespace

Command add_watch(CLI::App& app, const Caller&) {
    auto options = std::make_shared<Options>();
    auto* watch =
        app.add_subcommand("watch", "Show a broken variant and its repair while their trials run");
    watch->add_option("SUBJECT", options->subject, "A program linked with racepair::subject")
        ->required()
        ->type_name("");
    watch->add_option("CASE", options->name, "<mechanism>.<case>, or that with .<variant>")
        ->required()
        ->type_name("");
    watch
        ->add_option_function<std::string>(
            "--for", [options](const std::string& text) { options->time = duration_of(text); },
            "End after this time (default: with q, or 10s without a "
            "terminal)")
        ->type_name("TIME");
    watch->footer(
        "Keys: v other variant, a amplified or not, r from zero, space pause, q end.\n"
        "It judges nothing: that is done by racepair judge.\n"
        "Example: racepair watch build/plain/bin/cases counters.plain_counter");
    return {watch, [options] { return run(*options); }};
}

}  // namespace racepair::cli
