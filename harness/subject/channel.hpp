#pragma once

namespace racepair::subject {

class JsonLine;

/// The way the evidence takes out of the process: one JSON object a line, on a descriptor of its
/// own. A line is in the kernel's hands before send() returns, so it outlives a crash a moment
/// later. Lines of several threads do not mix. A process forked from the subject sends nothing: it
/// is not the subject.
///
/// Opens `descriptor`; call once, before any thread exists.
void open_channel(int descriptor);

/// Sends one line. Without an open channel, or with a line that did not fit its buffer, a short
/// record says so or nothing is sent. Safe inside a detector's runtime.
void send(const JsonLine& line);

}  // namespace racepair::subject
