#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::core {

/// A burst that is due. They sort as faults with a memory must see them: by time, then by identity.
struct DueBurst {
  Tick at;
  Version version;
  NodeId from;
  Life life;
  Round round;
  Slot slot;

  friend auto operator<=>(const DueBurst&, const DueBurst&) = default;
};

}  // namespace hearsay::core
