#include "story.hpp"

#include "../subject/channel.hpp"
#include "../subject/report_hook.hpp"
#include "globals.hpp"
#include "line_buffer.hpp"
#include "object_under_test.hpp"

namespace racepair::explorer {
namespace {

using subject::JsonLine;

constexpr std::size_t most_steps = 400;  // written out; the others are only counted
RACEPAIR_KEPT char* schedule_text = nullptr;

}  // namespace

RACEPAIR_KEPT Reserved<Story::Told> Story::told_;

const char* name_of(const Operation& step) {
    switch (step.kind) {
        case Kind::none: return "go-on";
        case Kind::read: return "read";
        case Kind::write: return "write";
        case Kind::update: return "update";
        case Kind::lock: return "lock";
        case Kind::try_lock: return "try-lock";
        case Kind::unlock: return "unlock";
        case Kind::lock_shared: return "lock-shared";
        case Kind::try_lock_shared: return "try-lock-shared";
        case Kind::unlock_shared: return "unlock-shared";
        case Kind::enqueue: return "wait";
        case Kind::enqueue_if: return "wait-for-value";
        case Kind::dequeue: return "woken";
        case Kind::timed_dequeue: return "woken-or-timed-out";
        case Kind::notify: return step.size == everyone ? "notify-all" : "notify-one";
        case Kind::take: return "acquire";
        case Kind::try_take: return "try-acquire";
        case Kind::give: return "release";
        case Kind::arrive: return "arrive";
    }
    return "";
}

void Story::open() {
    told_.open(longest_trace);
    schedule_text = static_cast<char*>(reserve(Schedule::longest_text));
}

void Story::begin() { told_.clear(); }

void Story::stepped(int event, bool has_value, std::uint64_t value) {
    if (event < 0) return;
    while (told_.size() <= static_cast<std::size_t>(event)) told_.add().has_value = false;
    Told& told = told_[static_cast<std::size_t>(event)];
    told.has_value = has_value;
    told.value = value;
    const Operation& step = execution.trace()[static_cast<std::size_t>(event)].step;
    const auto* object = reinterpret_cast<const void*>(step.address & ~futex_queue);
    told.in_object = subject::lies_in_object(object);
    told.offset = subject::offset_in_object(object);
    told.lock_count = execution.locks_held(told.locks, 4);
    const Thread& me = execution.self();
    told.depth = 0;
    for (int i = (me.depth < Thread::deepest ? me.depth : Thread::deepest) - 1;
         i >= 0 && told.depth < 8; --i)
        told.calls[told.depth++] = me.calls[i];
}

void Story::wrote(int event, std::uint64_t value) {
    if (event < 0 || told_.size() <= static_cast<std::size_t>(event)) return;
    told_[static_cast<std::size_t>(event)].has_value = true;
    told_[static_cast<std::size_t>(event)].value = value;
}

void Story::send(const char* variant, const char* why, const char* outcome,
                 const Schedule& schedule, bool shortest) {
    schedule.write(schedule_text);
    JsonLine line = begin_record("schedule", variant);
    line.key("why").text(why);
    line.key("outcome").text(outcome).key("shortest").boolean(shortest);
    line.key("text").text(schedule_text).key("switches").number(execution.switches());
    line.key("threads").begin_array();
    for (int i = 0; i < execution.width(); ++i) {
        const Thread& thread = execution.thread(i);
        if (thread.state == State::unused) continue;
        line.begin_object().key("thread").number(i).key("parent").number(thread.parent);
        line.key("created_at")
            .address(reinterpret_cast<const void*>(
                thread.created_at != 0 ? relative(thread.created_at) - 1 : 0));
        line.end_object();
    }
    const Trace& trace = execution.trace();
    long seen = 0;
    for (std::size_t i = 0; i < trace.size(); ++i) seen += trace[i].step.is_seen ? 1 : 0;
    line.end_array().key("step_count").number(seen).key("steps").begin_array();
    for (std::size_t i = 0; i < trace.size() && i < most_steps && i < told_.size(); ++i) {
        const Event& event = trace[i];
        if (!event.step.is_seen) continue;
        const Told& told = told_[i];
        line.begin_object().key("thread").number(event.thread).key("op").text(name_of(event.step));
        line.key("atomic").boolean(event.step.atomic);
        line.key("pc").address(reinterpret_cast<const void*>(relative(event.step.pc) - 1));
        line.key("calls").begin_array();
        for (int depth = 0; depth < told.depth; ++depth)
            line.address(reinterpret_cast<const void*>(relative(told.calls[depth]) - 1));
        line.end_array();
        line.key("object").address(
            reinterpret_cast<const void*>(event.step.address & ~futex_queue));
        line.key("size").number(event.step.is_memory() ? event.step.size : 0);
        line.key("in_object").boolean(told.in_object);
        line.key("offset").number(told.offset);
        if (told.has_value) line.key("value").number(static_cast<long long>(told.value));
        line.key("locks").begin_array();
        for (int lock = 0; lock < told.lock_count; ++lock)
            line.address(reinterpret_cast<const void*>(told.locks[lock]));
        line.end_array().end_object();
    }
    subject::send(line.end_array().end());
}

}  // namespace racepair::explorer
