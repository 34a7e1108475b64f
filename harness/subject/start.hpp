#pragma once

namespace racepair::subject {

/// All that the program does; main() calls it.
int subject_main(int count, char** arguments);

}  // namespace racepair::subject
