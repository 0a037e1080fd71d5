#pragma once

#include <cstdint>

namespace hearsay::live {

/// Makes sure that this process may open the descriptors that a cluster of `nodes` needs: raises its limit as
/// far as the system allows. Throws CannotRun, with the number needed and how to get it, when that is too
/// few.
void need_descriptors(std::uint32_t nodes);

}  // namespace hearsay::live
