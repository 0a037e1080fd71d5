#include "base/digest.hpp"

#include <fmt/format.h>

namespace hearsay {

std::string to_string(const Digest& digest) { return fmt::format("{:016x}{:016x}", digest.high, digest.low); }

}  // namespace hearsay
