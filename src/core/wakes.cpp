#include "core/wakes.hpp"

namespace hearsay::core {

void Wakes::learned(Slot slot, NodeId node, Tick at) { rounds_.learned(slot, node, at); }

}  // namespace hearsay::core
