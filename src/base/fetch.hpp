#pragma once

#include <cstddef>

namespace hearsay {

constexpr std::size_t kCacheLine = 64;

/// Asks for memory that will be read soon.
template <typename T>
void fetch(const T& what) {
  const auto* const bytes = reinterpret_cast<const char*>(&what);
  for (std::size_t line = 0; line < sizeof what; line += kCacheLine) __builtin_prefetch(bytes + line);
}

}  // namespace hearsay
