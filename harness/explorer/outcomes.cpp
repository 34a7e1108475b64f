#include "outcomes.hpp"

#include "../subject/channel.hpp"
#include "line_buffer.hpp"
#include "text.hpp"

namespace racepair::explorer {

bool Outcomes::add(const char* text, bool flagged, bool right) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        if (entry.flagged != flagged || !same(entry.text, text)) continue;
        ++entry.count;
        ++entry.all;
        return true;
    }
    if (entries_.is_full()) return false;
    Entry& entry = entries_.add();
    unsigned long size = 0;
    for (; size < longest_outcome && text[size] != '\0'; ++size) entry.text[size] = text[size];
    entry.text[size] = '\0';
    entry.flagged = flagged;
    entry.right = right;
    entry.count = entry.all = 1;
    return true;
}

void Outcomes::send(const char* variant, long first, long count) {
    if (count == 0) return;
    subject::JsonLine line = begin_record("trials", variant);
    line.key("from").number(first).key("count").number(count).key("outcomes").begin_array();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        Entry& entry = entries_[i];
        if (entry.count == 0) continue;
        line.begin_object().key("outcome").text(entry.text).key("flagged").boolean(entry.flagged);
        line.key("count").number(entry.count).end_object();
        entry.count = 0;
    }
    subject::send(line.end_array().end());
}

long Outcomes::distinct() const {
    long count = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        bool known = false;
        for (std::size_t j = 0; j < i && !known; ++j)
            known = same(entries_[i].text, entries_[j].text);
        count += known ? 0 : 1;
    }
    return count;
}

}  // namespace racepair::explorer
