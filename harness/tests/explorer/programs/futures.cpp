// Programs whose threads wait for what another one comes to.

#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "drive.hpp"

namespace explored_futures {

using explored::together;

struct PromiseFuture {
    int run() {
        std::promise<int> promise;
        int got = 0;
        together([&] { promise.set_value(42); }, [&] { got = promise.get_future().get(); });
        return got;
    }
};

struct PromiseException {
    std::string run() {
        std::promise<int> promise;
        std::string got;
        std::thread thrower([&] {
            try {
                throw std::runtime_error("no value");
            } catch (...) {
                promise.set_exception(std::current_exception());
            }
        });
        try {
            promise.get_future().get();
        } catch (const std::runtime_error& error) {
            got = error.what();
        }
        thrower.join();
        return got;
    }
};

struct Async {
    int run() {
        auto one = std::async(std::launch::async, [] { return 1; });
        auto two = std::async(std::launch::async, [] { return 2; });
        return one.get() + two.get();
    }
};

}  // namespace explored_futures

using namespace explored_futures;

RACEPAIR_CASE("kernels.futures")
    .needs_company()
    .scenario(explored::drive)
    .fixed<PromiseFuture>("promise_future")
    .fixed<PromiseException>("promise_exception")
    .fixed<Async>("async");
