#pragma once

// A gossip protocol over the nodes of one process, sans-I/O: no clock, no socket, no thread. It is told what
// happens and answers with data. Every world runs the same one.

#include <cstdint>
#include <memory>
#include <span>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::gossip {

/// When a node sends on what it learned: `rounds` times, `first` after learning and then every `interval`.
struct Schedule {
  Duration first = 0;
  Duration interval = 0;
  std::uint32_t rounds = 0;
};

class Population {
 public:
  virtual ~Population() = default;

  virtual Schedule schedule() const = 0;

  /// To how many nodes one burst of this round goes; round 0 is the initiator's publish.
  virtual std::uint32_t fanout(Round round) const = 0;

  /// A version enters under the next slot; nobody holds it yet. Slots are opened in order, from 0.
  virtual void open(Version version) = 0;

  /// Nothing is to come of the version any more, and nobody asks who holds it.
  virtual void close(Slot slot) = 0;

  /// Addresses the messages of a sealed batch: who wakes, in which round, is in it already.
  virtual void address(Batch& batch) = 0;

  /// Marks those messages of an addressed batch as known which could teach their receivers nothing if they
  /// arrived now, nor could they later, unless the receiver is wiped before.
  virtual void look_up(Batch& batch) const = 0;

  /// Copies those of what reached nodes that are up to `unheld` which tell a node a version it does not hold;
  /// there must be room for all. Returns how many. What is left out could teach nothing, whatever comes
  /// before or after it.
  virtual std::size_t sift(std::span<const Arrival> arrivals, Arrival* unheld) const = 0;

  /// Takes in what reached nodes that are up, in any order. The learnings among it, in time order, become the
  /// first entries of `arrivals`; returns how many they are. Of two arrivals of one version at one node the
  /// earlier is the learning; when they are simultaneous it does not matter which.
  virtual std::size_t receive(std::span<Arrival> arrivals) = 0;

  /// The node forgets all that it holds and begins its next life.
  virtual void wipe(NodeId node) = 0;

  virtual bool holds(NodeId node, Slot slot) const = 0;
  virtual Life life(NodeId node) const = 0;
};

}  // namespace hearsay::gossip
