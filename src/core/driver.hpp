#pragma once

// What joins protocol, wire and counter. A world is a clock, a place to hold what is due, and a way to carry
// a message; everything else that happens in a run happens here, once for all worlds.
//
// One thread. Instants never go back.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/batch.hpp"
#include "base/bits.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "core/observer.hpp"
#include "core/rounds.hpp"
#include "core/wire.hpp"
#include "gossip/population.hpp"
#include "measure/ledger.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::core {

/// What a driver needs of the world it runs in.
class World {
 public:
  virtual ~World() = default;

  /// The instant at which something that was due at `due` really happens: `due` itself in virtual time, the
  /// clock's in real time.
  virtual Tick happens(Tick due) = 0;

  /// Carries the messages of a judged batch that go on: each is to reach its receiver `delay` after it was
  /// sent. Of every one the driver must hear once, by `deliver` or `fail`, unless the run ends first.
  virtual void carry(const Batch& batch) = 0;

  /// A node is down: nothing reaches it until it comes up again.
  virtual void went_down(NodeId node) = 0;
  virtual void came_up(NodeId node) = 0;
};

class Driver final : private faults::NodeControl {
 public:
  /// `scenario`, `world` and `observer` must outlive the driver. `fallback` is the latency of messages where
  /// the scenario says nothing.
  Driver(const scenario::Scenario& scenario, std::optional<DurationModel> fallback, World& world,
         Observer& observer);

  /// The next instant at which something is due; kNever: nothing.
  Tick next() const;

  /// Does all that is due at `until` or before, but arrivals: instant by instant, first what faults do to
  /// nodes, then rounds, then publishes.
  void advance(Tick until);

  /// The slot of a version that was published, by the initiator or a foreign client.
  std::optional<Slot> find(Version version) const;

  /// A foreign client published a version, of which kMaxVersions can be: the slot it has, or gets now.
  std::optional<Slot> admit(Version version, Tick now);

  /// Messages that were carried reached nodes that are up, each `offset` after `base`, in any order. Returns
  /// how many were learnings; they are now the first of `arrivals`.
  std::size_t deliver(Tick base, std::span<gossip::Arrival> arrivals);

  /// A message that was carried came to nothing: the wire broke it, or its receiver is down.
  void fail(Slot slot, NodeId to);

  /// A foreign client sent an admitted version to a node that is up. Returns whether the node learned it.
  bool receive_foreign(Slot slot, NodeId node, Tick now);

  /// A foreign client made a request.
  void count_foreign() { ledger_.foreign(); }

  /// All versions have settled, and none is to be published any more.
  bool done() const { return published_ == scenario_.publish.versions && ledger_.settled(); }

  /// The last instant of the run: the last deadline, as far as it is known.
  Tick end() const { return end_; }

  const measure::Ledger& ledger() const { return ledger_; }
  const gossip::Population& population() const { return *population_; }
  bool is_up(NodeId node) const { return !down_.test(node); }

  /// Ends the run at `now` and gives what was measured.
  measure::Outcome finish(Tick now, bool interrupted);

 private:
  struct Deadline {
    Tick at;
    Slot slot;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
  };

  bool kill(NodeId node, bool wipe) override;
  bool restart(NodeId node) override;

  Tick next_publish() const;
  Tick next_deadline() const { return deadlines_.empty() ? kNever : deadlines_.top().at + 1; }  // past it
  void act_on_nodes(Tick due);
  void pass_deadlines();
  void publish(Tick due);
  void wake(Tick until);
  void send();
  Slot open(Version version, Tick intended);
  bool wakes(NodeId node, Tick learned) const;
  std::size_t learn(Tick base, std::span<gossip::Arrival> arrivals);
  void settle_if_over(Slot slot);

  const scenario::Scenario& scenario_;
  World& world_;
  Observer& observer_;
  std::unique_ptr<gossip::Population> population_;
  Wire wire_;
  measure::Ledger ledger_;
  Rounds rounds_;
  std::unordered_map<Version, Slot> slots_;  // looked up only, never iterated
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
  Tick end_;
  Tick now_ = 0;                 // the latest instant it was told of
  std::uint64_t published_ = 0;  // by the initiator
  Version last_version_ = 0;     // that the initiator took
  Bits down_;
  std::unordered_map<NodeId, Tick> restarted_;  // when a node that was ever down last came up
  Batch batch_;
  Woken woken_;
  std::vector<Slot> quiet_;  // of which nothing is in flight any more
};

}  // namespace hearsay::core
