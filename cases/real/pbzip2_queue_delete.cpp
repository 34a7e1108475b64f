// pbzip2_queue_delete: consumers take blocks from a queue and compress them,
// and an output thread writes them. The main thread waits for that thread, which
// ends when all blocks are written, and deletes the queue: a consumer may still
// look into it.

#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace pbzip2_queue_delete {

struct Queue {
    std::mutex mutex;
    int blocks = 1;
};

struct Program {
    std::unique_ptr<Queue> fifo = std::make_unique<Queue>();
    int compressed = 0;
    bool consume() {
        std::lock_guard lock(fifo->mutex);
        if (fifo->blocks == 0) return false;
        --fifo->blocks, ++compressed;
        return true;
    }
};

struct Racy : Program {
    void finish(std::thread& consumer, std::thread& output) {
        output.join();
        fifo.reset();  // is the consumer done with it?
        consumer.join();
    }
};

struct Fixed : Program {
    void finish(std::thread& consumer, std::thread& output) {
        output.join();
        consumer.join();  // it is now
        fifo.reset();
    }
};

struct Sleeps : Program {
    void finish(std::thread& consumer, std::thread& output) {
        output.join();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));  // a hope
        fifo.reset();
        consumer.join();
    }
};

// The output ends after the consumer's last look, so that nothing crashes here;
// nothing but this schedule orders that look and the deletion.
constexpr auto compress_one_block = [](auto& program) {
    racepair::Order order;
    std::thread consumer([&] {
        while (program.consume()) continue;
        order.arrive();
    });
    std::thread output([&] { order.await(1); });
    program.finish(consumer, output);
    return program.compressed;
};

}  // namespace pbzip2_queue_delete

using namespace pbzip2_queue_delete;

RACEPAIR_CASE("real.pbzip2_queue_delete")
    .lesson(
        "That the work is done does not mean that the workers are: before you delete a thing, "
        "join all who use it.")
    .exercise("Which threads does finish() wait for, and which of them use the queue?")
    .source("pbzip2 0.9.4, queueDelete() while consumers run; a bug that many studies use")
    .expects(1)
    .scenario(compress_one_block)
    .racy<Racy>("racy", racepair::Defect::lifetime)
    .wrong_fix<Sleeps>("sleeps", racepair::Defect::lifetime)
    .fixed<Fixed>();
