#pragma once

#include <optional>
#include <span>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/random_duration.hpp"
#include "base/time.hpp"

namespace hearsay::core {

/// What a driver needs of the world it runs in.
class World {
 public:
  virtual ~World() = default;

  /// Replaces the instants at which things were due by those at which they really happen: nothing to do where
  /// time is virtual, the clock's now where it is real.
  virtual void happen(std::span<Tick> due) = 0;

  /// Carries the messages of a judged batch that go on: each is to reach its receiver `delay` after it was
  /// sent. Of every one the driver must hear once, by `arrive`, `reject` or `fail`, unless the run ends
  /// first. One with marks is to suffer what they say, as far as the world has what it takes; one that is
  /// marked as cut is no longer going on, and nothing more is to be heard of it.
  virtual void carry(const Batch& batch) = 0;

  /// A node is down: nothing reaches it until it comes up again, and what waits at it comes to nothing.
  virtual void went_down(NodeId node) = 0;
  virtual void came_up(NodeId node) = 0;

  /// From `now` on a node attends, or does not, to what reaches it while it is up: Driver::nodes tells.
  virtual void attention_changed(NodeId node, Tick now) = 0;
};

/// What kind of place a world is.
struct Surroundings {
  /// Of every message, where the scenario names no latency; none: as fast as the world carries it.
  std::optional<DurationModel> latency = {};
  /// No message takes less, whatever the scenario says.
  Duration least_latency = 0;
  /// Same scenario, same events: a trace digest is worth having.
  bool deterministic = false;
  /// Foreign clients may ask for and send any version at any time.
  bool open_to_clients = true;
};

}  // namespace hearsay::core
