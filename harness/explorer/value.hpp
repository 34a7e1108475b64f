#pragma once

#include <cstdint>

#include "kernel.hpp"

namespace racepair::explorer {

template <class Unsigned>
Unsigned load_anywhere(std::uintptr_t address) {
    struct [[gnu::packed, gnu::may_alias]] Anywhere {
        Unsigned value;
    };
    return reinterpret_cast<const Anywhere*>(address)->value;
}

/// The first eight bytes of what is there.
inline std::uint64_t value_at(std::uintptr_t address, std::uint32_t size) {
    switch (size) {
        case 1: return load_anywhere<std::uint8_t>(address);
        case 2: return load_anywhere<std::uint16_t>(address);
        case 4: return load_anywhere<std::uint32_t>(address);
        case 8: return load_anywhere<std::uint64_t>(address);
        default: break;
    }
    std::uint64_t value = 0;
    copy_bytes(&value, reinterpret_cast<const void*>(address), size < 8 ? size : 8);
    return value;
}

/// What tells one content of these bytes from another: the value itself, or a hash of a longer one.
inline std::uint64_t content_at(std::uintptr_t address, std::uint32_t size) {
    if (size <= 8) return value_at(address, size);
    std::uint64_t hash = 0xCBF29CE484222325;  // FNV-1a
    for (std::uint32_t i = 0; i < size; ++i)
        hash = (hash ^ load_anywhere<std::uint8_t>(address + i)) * 0x100000001B3;
    return hash;
}

}  // namespace racepair::explorer
