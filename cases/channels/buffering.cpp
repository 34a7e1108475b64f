// buffering: two threads greet each other, and each speaks before it listens.
// A send into a channel without room waits for a receiver; here both wait, and
// neither ever listens.

#include <thread>

#include "channel.hpp"
#include "racepair/case.hpp"

namespace buffering {

struct Racy {
    channels::channel<int> there, back;  // no room: from hand to hand
};

struct Fixed {
    channels::channel<int> there{2}, back{2};  // room for all that is said
};

struct RoomForOne {
    channels::channel<int> there{1}, back{1};  // the second one waits
};

constexpr auto greet = [](auto& line) {
    const auto swap_words = [](auto& to, auto& from, int& heard) {
        for (int word = 1; word <= 2; ++word) to.send(word);
        for (int word = 1; word <= 2; ++word) heard += *from.receive();
    };
    int heard = 0, heard_there = 0;
    std::thread there([&] { swap_words(line.back, line.there, heard_there); });
    swap_words(line.there, line.back, heard);
    there.join();
    return heard + heard_there;
};

}  // namespace buffering

using namespace buffering;

RACEPAIR_CASE("channels.buffering")
    .lesson("A send waits when there is no room: somebody has to be receiving by then.")
    .exercise("Give room to only one of the two channels. Why is that enough?")
    .may_hang("both threads wait for each other to receive")
    .expects(6)
    .scenario(greet)
    .racy<Racy>("racy", racepair::Defect::race_condition)
    .wrong_fix<RoomForOne>("room_for_one", racepair::Defect::race_condition)
    .fixed<Fixed>();
