#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lying {

/// What a process leaves for the judge, written by hand: nothing here was ever run. As it is made,
/// it is what an honest subject would leave and is believed; each lie alters it in one point.
class Forgery {
   public:
    /// As the answer to `--list`: what the subject is, and a case for each of the names.
    explicit Forgery(const std::vector<std::string>& cases);

    /// … and as the answer to `--run VARIANT --trials TRIALS`, with a race in each trial of a
    /// variant called racy.
    void add_run(const std::string& variant, long long trials);

    /// Alters each place where `from` stands. Ends the program if there is none: the lie would be
    /// the truth.
    void replace(std::string_view from, const std::string& to);
    /// Takes out each line that contains this; ends the program if there is none.
    void drop(std::string_view part);
    /// Puts a line before the last one, which says goodbye.
    void insert(const std::string& line);

    /// Nothing but an end.
    void leave_no_evidence();

    void print(std::string text) { log_ += std::move(text); }
    void end_with(int status) { status_ = status; }
    /// The line break of the last line, and as many bytes before it.
    void cut(std::size_t bytes);

    /// Hands it over and ends the process.
    [[noreturn]] void utter() const;

   private:
    std::string evidence_;
    std::string log_;
    int status_ = 0;
};

/// Where evidence goes.
int evidence_descriptor();

}  // namespace lying
