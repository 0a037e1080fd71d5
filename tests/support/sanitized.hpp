#pragma once

// Whether this is built with a sanitizer (preset asan or tsan), which makes all some twenty times as slow:
// tests of much may then do less of it.

namespace hearsay::testing {

#ifdef HEARSAY_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace hearsay::testing
