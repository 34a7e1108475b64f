#pragma once

namespace racepair::subject {

/// How far behind the beginning of the object under test this address lies; 0 outside of it.
long offset_in_object(const void* address);

}  // namespace racepair::subject
