// Threads that do with two channels whatever can be done with a channel, chosen at random: every
// value whose send succeeded has to come out once, in the order of its sender, and no other one.
// usage: channel_stress SECONDS [SEED]

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "channels/channel.hpp"

namespace {

using namespace std::chrono_literals;
using Random = std::mt19937;

// Written by the sender, read by the receiver, and synchronised by nothing but the channel.
struct Parcel {
    int from = 0, number = 0;
};
using Value = std::unique_ptr<Parcel>;
using Channel = channels::channel<Value>;

struct Log {
    std::vector<Parcel> parcels;
    const char* complaint = nullptr;
};

int draw(Random& random, int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
}

void send_some(channels::sender<Value> to, int me, int count, Random random, Log& log) {
    for (int number = 0; number < count; ++number) {
        auto value = std::make_unique<Parcel>(Parcel{me, number});
        bool sent = true;
        try {
            switch (draw(random, 4)) {
                case 0:
                case 1: to.send(std::move(value)); break;
                case 2: sent = to.try_send(std::move(value)); break;
                default: sent = to.send_for(std::move(value), draw(random, 50) * 1us); break;
            }
        } catch (const channels::closed_channel&) {
            return;
        }
        if (sent)
            log.parcels.push_back({me, number});
        else if (value == nullptr || value->number != number)
            log.complaint = "a send that failed kept the value";
        if (draw(random, 4) == 0) std::this_thread::yield();
    }
}

void note(Log& log, Value value) { log.parcels.push_back(*value); }

void receive_all(channels::receiver<Value> from, Random random, Log& log) {
    switch (draw(random, 4)) {
        case 0:
            for (auto& value : from) note(log, std::move(value));
            break;
        case 1:
            while (!from.is_drained())
                if (auto value = from.receive_for(draw(random, 50) * 1us))
                    note(log, std::move(*value));
            break;
        case 2:
            while (!from.is_drained())
                if (auto value = from.try_receive())
                    note(log, std::move(*value));
                else
                    std::this_thread::yield();
            break;
        default:
            while (auto value = from.receive()) note(log, std::move(*value));
    }
}

void select_all(channels::receiver<Value> a, channels::receiver<Value> b, Random random, Log& log) {
    for (;;) {
        auto got = channels::select(a, b);
        auto& value = got.index() == 0 ? std::get<0>(got) : std::get<1>(got);
        if (!value) return receive_all(got.index() == 0 ? b : a, random, log);
        note(log, std::move(*value));
    }
}

bool is_right(const std::vector<Log>& sent, const std::vector<Log>& received) {
    std::set<std::pair<int, int>> due;
    for (const auto& log : sent) {
        if (log.complaint != nullptr) return std::printf("%s\n", log.complaint), false;
        for (const auto& parcel : log.parcels) due.insert({parcel.from, parcel.number});
    }
    for (const auto& log : received) {
        std::map<int, int> last;
        for (const auto& parcel : log.parcels) {
            if (due.erase({parcel.from, parcel.number}) == 0)
                return std::printf("received twice, or never sent\n"), false;
            const auto [before, is_first] = last.try_emplace(parcel.from, parcel.number);
            if (!is_first && std::exchange(before->second, parcel.number) >= parcel.number)
                return std::printf("received out of order\n"), false;
        }
    }
    if (!due.empty()) std::printf("%zu sent and not received\n", due.size());
    return due.empty();
}

bool round_is_right(Random& random) {
    std::array<Channel, 2> channels = {Channel(static_cast<std::size_t>(draw(random, 4))),
                                       Channel(static_cast<std::size_t>(draw(random, 4)))};
    std::vector<Log> sent(static_cast<std::size_t>(2 + draw(random, 4)));
    std::vector<Log> received(static_cast<std::size_t>(2 + draw(random, 4)));
    // Each sender and receiver keeps to one channel, so that orders can be told; the first two of
    // the receivers see to it that both channels are emptied.
    std::vector<std::thread> senders, receivers;
    for (std::size_t i = 0; i < sent.size(); ++i)
        senders.emplace_back(send_some, channels::sender<Value>(channels[i % 2]),
                             static_cast<int>(i), draw(random, 20), Random(random()),
                             std::ref(sent[i]));
    for (std::size_t i = 0; i < received.size(); ++i)
        if (draw(random, 2) == 0)
            receivers.emplace_back(select_all, channels::receiver<Value>(channels[i % 2]),
                                   channels::receiver<Value>(channels[(i + 1) % 2]),
                                   Random(random()), std::ref(received[i]));
        else
            receivers.emplace_back(receive_all, channels::receiver<Value>(channels[i % 2]),
                                   Random(random()), std::ref(received[i]));
    std::thread closer;  // now and then too early
    if (draw(random, 4) == 0) closer = std::thread([&] { channels[0].close(); });
    const bool is_closed = closer.joinable();
    if (is_closed) closer.join();
    for (auto& sender : senders) sender.join();
    if (!is_closed) channels[0].close();
    channels[1].close();
    for (auto& receiver : receivers) receiver.join();
    return is_right(sent, received);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::fprintf(stderr, "usage: channel_stress SECONDS [SEED]\n"), 2;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
    auto seed = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : std::random_device()();
    long rounds = 0;
    for (; std::chrono::steady_clock::now() < end; ++rounds, ++seed)
        if (Random random(seed); !round_is_right(random))
            return std::printf("wrong, seed %u\n", seed), 1;
    std::printf("%ld rounds, all right\n", rounds);
    return rounds > 0 ? 0 : 1;
}
