// Where the program starts. A file of its own, compiled without instrumentation for the sake of
// speed: no stack in a report then reaches back into the C library, so the symbolizer need not read
// that library's debug information. Where that is installed, it takes half of a short run's time.

#include "start.hpp"

int main(int count, char** arguments) { return racepair::subject::subject_main(count, arguments); }
