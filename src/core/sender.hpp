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

  /// Sends what the bursts of an unsealed batch send.
  void send(Batch& batch);

 private:
  World& world_;
  gossip::Population& population_;
  Wire& wire_;
  measure::Ledger& ledger_;
};

}  // namespace hearsay::core
