// shared_ptr_object: one thread installs new settings, another one takes hold
// of the present ones. The count behind a shared_ptr is atomic. The shared_ptr
// is not: it is two pointers, and one object of it is shared here.

#include <memory>
#include <mutex>
#include <thread>

#include "racepair/case.hpp"
#include "racepair/order.hpp"

namespace shared_ptr_object {

using Settings = std::shared_ptr<int>;

struct Racy {
    std::mutex mutex;
    Settings current = std::make_shared<int>(1);
    Settings get() { return current; }  // reads two pointers
    void set(Settings next) { current = next; }
};

struct ConstCopy {
    std::mutex mutex;
    Settings current = std::make_shared<int>(1);
    Settings get() {
        const Settings copy = current;  // to make it is the race
        return copy;
    }
    void set(Settings next) { current = next; }
};

struct Fixed {
    std::mutex mutex;
    Settings current = std::make_shared<int>(1);
    Settings get() {
        std::lock_guard lock(mutex);  // both pointers in one step
        return current;
    }
    void set(Settings next) {
        std::lock_guard lock(mutex);
        current = next;
    }
};

// The copy comes first, so nothing breaks: but nothing orders the two either.
constexpr auto copy_then_replace = [](auto& program) {
    racepair::Order order;
    std::thread writer([&] {
        order.await(1);
        program.set(std::make_shared<int>(2));
    });
    const Settings mine = program.get();
    order.arrive();
    writer.join();
    return *mine;
};

}  // namespace shared_ptr_object

using namespace shared_ptr_object;

RACEPAIR_CASE("containers.shared_ptr_object")
    .lesson(
        "Only the count behind a shared_ptr is safe to share: give each thread a shared_ptr of its "
        "own, or lock the one.")
    .exercise(
        "Which two members of the shared_ptr are in the reports? Say what "
        "happens if the old settings are freed between the reading of the one "
        "and of the other.")
    .expects(1)
    .scenario(copy_then_replace)
    .blind("plain", racepair::When::always, "copied before it is replaced")
    .racy<Racy>()
    .wrong_fix<ConstCopy>("const_copy", racepair::Defect::data_race)
    .fixed<Fixed>();
