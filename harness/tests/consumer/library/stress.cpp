// A stress test as people write them: it gets its threads' number from the command line, and its
// exit status means something of its own.

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "board.hpp"

int main(int count, char** arguments) {
    if (count != 3 || std::string(arguments[2]) != "two words") return 2;
    Board board;
    std::vector<std::thread> threads;
    for (int i = 0; i < std::atoi(arguments[1]); ++i)
        threads.emplace_back([&board, i] {
            for (int n = 0; n < 1000; ++n) {
                board.post(i + n);
                board.wipe();
            }
        });
    for (auto& thread : threads) thread.join();
    return 7;
}
