#pragma once

// Draws scaled to a range, eight at a time where the processor has AVX2: compilers take three times as many
// steps. Each function returns how many of the `count` it has done, with the same result as one by one.

#include <cstddef>
#include <cstdint>

namespace hearsay {

/// See UniformBelow::map.
std::size_t map_lanes(std::uint32_t range, std::uint32_t biased, std::size_t count,
                      const std::uint32_t* drawn, std::uint32_t* mapped, std::uint32_t* again);

/// Adds to each of `onto` what its draw is scaled to, 0..range-1, and `least`.
std::size_t add_scaled_lanes(std::uint32_t range, std::uint32_t least, std::size_t count,
                             const std::uint32_t* drawn, std::uint32_t* onto);

/// The same to those only that are marked: a 1 for each that is, a 0 for each that is not.
std::size_t add_marked_lanes(std::uint32_t range, std::uint32_t least, std::size_t count,
                             const std::uint32_t* drawn, const std::uint8_t* marked, std::uint32_t* onto);

}  // namespace hearsay
