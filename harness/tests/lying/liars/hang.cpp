// hang: subjects that never end. Each ends itself after two minutes, in case nobody else does.

#include <signal.h>
#include <unistd.h>

#include <cstdlib>

#include "racepair/case.hpp"

namespace hang {

void wait_for_ever() {
    alarm(120);
    while (true) pause();
}

struct InTrial {
    void work(auto&) { wait_for_ever(); }
};

struct Deaf {
    void work(auto&) {
        for (int number = 1; number < NSIG; ++number)
            if (number != SIGALRM) signal(number, SIG_IGN);
        wait_for_ever();
    }
};

struct InThread {
    void work(auto& team) { team.run(wait_for_ever); }
};

struct AtExit {
    void work(auto&) { [[maybe_unused]] static const int once = std::atexit(wait_for_ever); }
};

constexpr auto do_work = [](auto& variant, auto& team) {
    variant.work(team);
    return 1;
};

}  // namespace hang

using namespace hang;

RACEPAIR_CASE("hang.of_subject")
    .expects(1)
    .scenario(do_work)
    .racy<InTrial>()
    .fixed<InTrial>()
    .fixed<Deaf>("deaf")
    .fixed<InThread>("in_thread")
    .fixed<AtExit>("at_exit");
