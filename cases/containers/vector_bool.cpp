// vector_bool: each thread has an element of its own, and still they meet.
// Distinct elements of a container may be written at the same time, with one
// exception: vector<bool> packs them into words
// ([container.requirements.dataraces]).

#include <array>
#include <bitset>
#include <mutex>
#include <vector>

#include "racepair/case.hpp"

namespace vector_bool {

constexpr int places = 8;

struct Racy {
    std::array<std::mutex, places> mutexes;
    std::vector<bool> taken = std::vector<bool>(places);
    void flip(int place) {
        taken[place] = !taken[place];  // writes the neighbours as well
    }
};

struct Bitset {
    std::array<std::mutex, places> mutexes;
    std::bitset<places> taken;
    void flip(int place) {
        taken[place] = !taken[place];  // no container, and packed as well [bitset.members]
    }
};

struct LockPerElement {
    std::array<std::mutex, places> mutexes;
    std::vector<bool> taken = std::vector<bool>(places);
    void flip(int place) {
        std::lock_guard lock(mutexes[place]);  // not the neighbour's
        taken[place] = !taken[place];
    }
};

struct Fixed {
    std::array<std::mutex, places> mutexes;
    std::vector<char> taken = std::vector<char>(places);  // a byte for each
    void flip(int place) { taken[place] = !taken[place]; }
};

constexpr auto flip_own_place = [](auto& seats, auto& team) {
    team.run([&](int place) {
        for (int i = 0; i < team.rounds(); ++i) seats.flip(place);
    });
    int taken = 0;
    for (int i = 0; i < team.threads(); ++i) taken += seats.taken[i];
    return taken;
};

}  // namespace vector_bool

using namespace vector_bool;

RACEPAIR_CASE("containers.vector_bool")
    .lesson(
        "Neighbours in a vector<bool> share memory: to write one is to write "
        "them all.")
    .exercise(
        "Nobody touches the element of another. Print sizeof(std::bitset<8>) "
        "and say what a thread reads and writes to change one bit.")
    .scope({.threads = places, .rounds = 2001})
    .at_most_trials(100)
    .explore_scope({.threads = 2, .rounds = 1})
    .expects([](auto scope) { return scope.threads * (scope.rounds % 2); })
    .scenario(flip_own_place)
    .racy<Racy>()
    .wrong_fix<Bitset>("bitset", racepair::Defect::data_race)
    .wrong_fix<LockPerElement>("lock_per_element", racepair::Defect::data_race)
    .fixed<Fixed>();
