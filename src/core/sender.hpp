#pragma once

#include "base/batch.hpp"
#include "core/wire.hpp"
#include "core/world.hpp"
#include "gossip/population.hpp"
#include "measure/ledger.hpp"

namespace hearsay::core {

/// The way of every message from its sender to the world that carries it: addressed, judged, accounted for.
class Sender {
 public:
  /// All of them must outlive the sender.
  Sender(World& world, gossip::Population& population, Wire& wire, measure::Ledger& ledger)
      : world_(world), population_(population), wire_(wire), ledger_(ledger) {}

  /// Sends what the bursts of an unsealed batch send, and the copies that faults make of that.
  void send(Batch& batch);

  /// When the next message that a fault holds has waited long enough; kNever: none waits for that.
  Tick next_release() const { return wire_.faults().holds().next(); }

  /// Lets those go that have waited long enough at `now`.
  void release(Tick now);

 private:
  void pass_on(Batch& batch);
  void carry_but_for_held(const Batch& batch);
  void let_go();

  World& world_;
  gossip::Population& population_;
  Wire& wire_;
  measure::Ledger& ledger_;
  Batch part_;  // of a batch; or one message that was held
};

}  // namespace hearsay::core
