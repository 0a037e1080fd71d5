#pragma once

// Philox4x32-10 for several counters at once, where the processor has AVX2. Bit for bit what Random123 gives;
// compilers do not vectorise it by themselves.

#include <array>
#include <cstddef>
#include <cstdint>

namespace hearsay {

/// Whether this processor can.
bool philox_in_lanes();

/// Draws the blocks of the counters (a[i], b[i], c, d) under `key`, in groups of Key::kLanes, as long as a
/// group is worth it. Returns how many of the `count` are drawn. Only where philox_in_lanes().
std::size_t philox_lanes(std::uint64_t key, std::size_t count, const std::uint32_t* a, const std::uint32_t* b,
                         std::uint32_t c, std::uint32_t d, const std::array<std::uint32_t*, 4>& into);

}  // namespace hearsay
