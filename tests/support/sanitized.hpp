#pragma once

// Whether this is built with a sanitizer, which makes all some twenty times as slow: tests of much may then
// do less of it.

namespace hearsay::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace hearsay::testing
