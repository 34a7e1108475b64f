#pragma once

namespace racepair::explorer {

/// Gives the program's own thread_local variables, in the thread whose thread pointer this is, the
/// values that they have in a new thread. Variables of shared libraries are left alone, but for the
/// C++ library's record of exceptions under way.
void reset_thread_locals(void* thread_pointer);

}  // namespace racepair::explorer
