#pragma once

// How long after its faults healed a cluster is whole again: every node that is up holds every version that
// was published before.

#include <cstdint>
#include <optional>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "measure/outcome.hpp"

namespace hearsay::measure {

/// Counts what nodes that are up lack of the versions that were opened before the faults healed, one for each
/// node and version. The first time there is nothing left, the cluster has recovered, for good.
class RecoveryMeter {
 public:
  /// Is to measure. Until then nothing here does anything.
  void ask() { asked_ = true; }

  /// Whether it must be known who holds a version that is settled, or will be.
  bool needs(Slot slot) const { return asked_ && (!healed() || slot < before_); }

  /// The faults healed at `at`: `before` versions were opened, of which nodes that are up lack so many.
  void heal(Tick at, Slot before, std::uint64_t lacking);

  /// A node that is up came to lack, or to hold, so many of these versions more.
  void lack(std::uint64_t more) { lacking_ += more; }
  void hold(std::uint64_t more) { lacking_ -= more; }

  /// All changes of the instant `at` are told, and some node is up.
  void look(Tick at);

  /// Whether changes of this version are to be told.
  bool counts(Slot slot) const { return slot < before_; }

  /// Nothing unless it was asked.
  std::optional<Recovery> result() const;

 private:
  bool healed() const { return healed_ != kNever; }

  bool asked_ = false;
  Slot before_ = 0;
  std::uint64_t lacking_ = 0;
  Tick healed_ = kNever;
  Tick recovered_ = kNever;
};

}  // namespace hearsay::measure
