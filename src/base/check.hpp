#pragma once

// Checks are for what only a bug in Hearsay can cause, and stay on in every build. What a user can cause is
// an error (base/errors.hpp).

#include <stdexcept>
#include <string>
#include <string_view>

namespace hearsay {

/// A broken law of Hearsay's own; ends the program with exit code 70.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// How a bug is shown to whoever met it.
std::string bug_report(std::string_view what);

[[noreturn]] void check_failed(const char* file, int line, const char* condition, const std::string& why);

}  // namespace hearsay

/// Throws Bug unless `condition` holds; `why` is evaluated only then.
#define HEARSAY_CHECK(condition, why)                                 \
  do {                                                                \
    if (!(condition)) [[unlikely]]                                    \
      ::hearsay::check_failed(__FILE__, __LINE__, #condition, (why)); \
  } while (false)
