#pragma once

#include <span>
#include <vector>

#include "base/arrival.hpp"
#include "core/driver.hpp"
#include "core/inbox.hpp"

namespace hearsay::sim {

/// Arrivals at nodes that do not attend to them at once, of any engine of virtual time.
class Waiting {
 public:
  /// `driver` must outlive it.
  explicit Waiting(core::Driver& driver) : driver_(driver), inbox_(driver.nodes()) {}

  /// Messages reached their receivers, each `offset` after `base`: tells the driver of them, but for those
  /// that have to wait.
  void arrive(Tick base, std::span<const Arrival> arrivals) {
    if (driver_.nodes().all_attend())
      driver_.arrive(base, arrivals);
    else
      driver_.arrive(base, pass(base, arrivals));
  }

  /// The same of a garbled message.
  void arrive_garbled(Tick at, Slot slot, NodeId to);

  /// Tells the driver of all that has waited and is handled at `until` or before. All that arrived since the
  /// last time was told with this `base`.
  void serve(Tick base, Tick until) {
    if (!kept_.empty() || !inbox_.empty()) serve_waiting(base, until);
  }

  /// When the next one is handled; kNever: none is.
  Tick next() const { return inbox_.next(); }

  void attention_changed(NodeId node, Tick now) { inbox_.attention_changed(node, now); }
  void went_down(NodeId node);

  /// Tells the driver that what waited at nodes that went down at `now` has failed.
  void fail_lost(Tick now);

 private:
  struct Letter {
    Slot slot;
    bool garbled;
  };
  struct Kept {
    Tick at;
    Slot slot;
    NodeId to;
    bool garbled;
    friend auto operator<=>(const Kept&, const Kept&) = default;
  };

  bool waits(NodeId to) const { return !driver_.nodes().attends(to) && driver_.nodes().is_up(to); }
  std::span<const Arrival> pass(Tick base, std::span<const Arrival> arrivals);
  void serve_waiting(Tick base, Tick until);

  core::Driver& driver_;
  core::Inbox<Letter> inbox_;
  std::vector<Arrival> passed_;
  std::vector<Kept> kept_;  // what has to wait, in no order
  std::vector<Arrival> handled_;
  std::vector<Arrival> lost_;  // without offsets
};

}  // namespace hearsay::sim
