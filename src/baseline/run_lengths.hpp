#pragma once

// Long rows of few different values, as one short line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearsay::baseline {

/// How many in a row are true, how many then are false, and so on: "512 1 87". Begins with 0 where the first
/// is false; empty for none.
std::string coded(const std::vector<bool>& flags);

/// Each value, with how often it comes in a row where that is more than once: "3*751 748".
std::string coded(const std::vector<std::uint64_t>& values);

/// Back from such a line to exactly `count` of them. Nothing where the line says anything else.
std::optional<std::vector<bool>> decoded_flags(std::string_view line, std::uint64_t count);
std::optional<std::vector<std::uint64_t>> decoded_values(std::string_view line, std::uint64_t count);

}  // namespace hearsay::baseline
