#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "core/nodes.hpp"
#include "measure/ledger.hpp"

namespace hearsay::core {

/// A message on its way.
struct Flight {
  Tick due;
  NodeId to;
};

/// Most messages tell a node what it holds. As long as nothing can happen to that node before one arrives, it
/// is certain that it arrives and that it teaches nothing: a world of virtual time need not carry it.
class Foresight {
 public:
  /// Both must outlive it.
  Foresight(const Nodes& nodes, measure::Ledger& ledger) : nodes_(nodes), ledger_(ledger) {}

  /// Tells the ledger at once of the arrivals that are certain among the messages of a batch that go on;
  /// gives the others, good until the next call. Nothing happens to any node before `until`, nor does the run
  /// end.
  ///
  /// The last of those that are certain is among the others: as long as it is on its way, so is something of
  /// the version, which therefore settles when it should.
  std::span<const Flight> look(const Batch& batch, Tick until);

 private:
  using Column = std::array<std::uint8_t, Batch::kMostBursts>;

  /// One of those messages of a batch that are certain: that which is due last, so many microseconds after
  /// the first burst was sent.
  struct Last {
    std::uint32_t end = 0;  // one more than that; 0: none is certain
    std::uint32_t slot = 0;
  };

  std::uint32_t horizon(const Batch& batch, Tick until) const;
  Last split(const Batch& batch, std::uint32_t horizon);
  const std::uint8_t* known_and_up(const Batch& batch, std::uint32_t slot);
  std::span<std::uint8_t> certain(const Batch& batch, std::uint32_t slot) {
    return std::span(certain_).subspan(std::size_t{slot} * batch.bursts(), batch.bursts());
  }
  void let_all_fly(const Batch& batch);
  void let_fly(const Batch& batch, Last last);
  void add_flight(const Batch& batch, std::uint32_t slot, std::size_t burst) {
    flights_[flight_count_++] = {batch.at()[burst] + batch.delay(slot)[burst], batch.to(slot)[burst]};
  }

  const Nodes& nodes_;
  measure::Ledger& ledger_;
  std::array<std::uint32_t, Batch::kMostBursts> sent_;  // by burst: so long after the first one
  Column known_;                                        // of one slot; and up
  Column flies_;                                        // of one slot
  std::vector<std::uint8_t> certain_;                   // as the columns of the batch
  std::vector<Flight> flights_;
  std::size_t flight_count_ = 0;
};

}  // namespace hearsay::core
