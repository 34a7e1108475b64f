#pragma once

namespace racepair::subject {

/// A report that a program has to show: its kind in the detector's words, and the function or the
/// file to be blamed for it.
struct SoughtReport {
    const char* kind;
    const char* place;
};

/// What racepair_add_program was told of the program that this is linked into. Each list ends with
/// nullptr.
struct ProgramDescription {
    const char* name;
    const char* file;  // where it was told
    const SoughtReport* sought;
    const char* const* arguments;
};
extern const ProgramDescription program;

}  // namespace racepair::subject
