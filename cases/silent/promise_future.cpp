// promise_future: set_value makes the state ready, and get returns after that
// [futures.state]: what was written before the one can be read after the other.
// What comes after set_value comes too late.

#include <future>
#include <thread>

#include "racepair/case.hpp"

namespace promise_future {

struct Racy {
    std::promise<void> done;
    int letter = 0;
    void send() {
        done.set_value();
        letter = 42;  // promised before it was done
    }
    int receive() {
        done.get_future().get();
        return letter;
    }
};

struct Fixed {
    std::promise<void> done;
    int letter = 0;
    void send() {
        letter = 42;
        done.set_value();  // the last step
    }
    int receive() {
        done.get_future().get();
        return letter;
    }
};

struct Valid {
    std::promise<void> done;
    int letter = 0;
    void send() {
        letter = 42;
        done.set_value();
    }
    int receive() {
        const auto promised = done.get_future();
        return promised.valid() ? letter : 0;  // promised, and kept or not
    }
};

constexpr auto send_and_receive = [](auto& post) {
    std::thread sender([&] { post.send(); });
    const int received = post.receive();
    sender.join();
    return received;
};

}  // namespace promise_future

using namespace promise_future;

RACEPAIR_CASE("silent.promise_future")
    .lesson("A promise is kept last: what is written after set_value is not part of it.")
    .exercise("Use a promise<int> and get rid of letter: why can neither mistake be made any more?")
    .needs_company([](auto& post) {
        post.send();
        return post.receive() == 42;
    })
    .expects(42)
    .scenario(send_and_receive)
    .racy<Racy>()
    .wrong_fix<Valid>("valid", racepair::Defect::data_race)
    .fixed<Fixed>()
    .false_alarm("valgrind", racepair::When::always,
                 "it takes what an atomic hands over for unordered accesses");
