#include "object.hpp"

namespace racepair::explorer {

bool ObjectState::is_notified(int thread) const {
    for (int i = 0; i < tokens; ++i)
        if ((token[i] & only(thread)) != 0) return true;
    return false;
}

bool ObjectState::allows(int thread, const Operation& step) const {
    switch (step.kind) {
        case Kind::lock: return owner < 0 && sharers == 0;
        case Kind::lock_shared: return owner < 0;
        case Kind::dequeue: return is_notified(thread);
        case Kind::take: return count > 0;
        default: return true;
    }
}

bool ObjectState::refuses(const Operation& step) const {
    switch (step.kind) {
        case Kind::try_lock: return owner >= 0 || sharers != 0;
        case Kind::try_lock_shared: return owner >= 0;
        case Kind::try_take: return count <= 0;
        default: return false;
    }
}

void ObjectState::leave_queue(int thread) {
    waiting &= ~only(thread);
    int kept = 0;
    for (int i = 0; i < tokens; ++i) {
        token[i] &= ~only(thread);
        if (token[i] != 0) token[kept++] = token[i];
    }
    tokens = kept;
}

void ObjectState::use_token(int thread) {
    // The oldest one that is meant for this thread: the later ones are open to all that it is open
    // to.
    for (int i = 0; i < tokens; ++i)
        if ((token[i] & only(thread)) != 0) {
            for (int j = i + 1; j < tokens; ++j) token[j - 1] = token[j];
            --tokens;
            break;
        }
    leave_queue(thread);
}

void ObjectState::apply(int thread, const Operation& step, std::uintptr_t address, bool equal) {
    switch (step.kind) {
        case Kind::lock: owner = thread; break;
        case Kind::try_lock:
            if (owner < 0 && sharers == 0) owner = thread;
            break;
        case Kind::unlock: owner = -1; break;
        case Kind::lock_shared: sharers |= only(thread); break;
        case Kind::try_lock_shared:
            if (owner < 0) sharers |= only(thread);
            break;
        case Kind::unlock_shared: sharers &= ~only(thread); break;
        case Kind::enqueue:
            if (address == step.second)
                owner = -1;
            else
                waiting |= only(thread);
            break;
        case Kind::enqueue_if:
            if (equal) waiting |= only(thread);
            break;
        case Kind::dequeue: use_token(thread); break;
        case Kind::timed_dequeue:
            if (is_notified(thread))
                use_token(thread);
            else
                leave_queue(thread);
            break;
        case Kind::notify:
            for (std::uint32_t i = 0; i < step.size; ++i) {
                if (tokens >= count_of(waiting) || tokens == most_tokens) break;
                token[tokens++] = waiting;
            }
            break;
        case Kind::take: --count; break;
        case Kind::try_take:
            if (count > 0) --count;
            break;
        case Kind::give: ++count; break;
        default: break;
    }
}

}  // namespace racepair::explorer
