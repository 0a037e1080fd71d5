#pragma once

// What joins protocol, wire and counter. A world is a clock, a place to hold what is due, and a way to carry
// a message; everything else that happens in a run happens here, once for all worlds.
//
// One thread. Instants never go back.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/random_duration.hpp"
#include "base/time.hpp"
#include "core/due_burst.hpp"
#include "core/foresight.hpp"
#include "core/node_actions.hpp"
#include "core/nodes.hpp"
#include "core/observer.hpp"
#include "core/sender.hpp"
#include "core/wakes.hpp"
#include "core/wire.hpp"
#include "core/world.hpp"
#include "gossip/population.hpp"
#include "measure/ledger.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::core {

/// Inside an instant, a world that can tell instants apart calls `act`, then `arrive` and `absorb`, then
/// `send` (and `absorb` may make more to send). It may do so for a span of instants at once, if no faults act
/// on nodes but in its first one, and nothing sent in it because of what was learned in it arrives in it.
class Driver final {
 public:
  /// `scenario`, `world` and `observer` must outlive the driver.
  Driver(const scenario::Scenario& scenario, const Surroundings& surroundings, World& world,
         Observer& observer);

  /// The next instant at which something is due, arrivals aside; kNever: nothing.
  Tick next() const;

  /// The next instant at which faults act, on nodes or on messages that they hold, or have all healed.
  Tick next_action() const { return std::min({wire_.faults().next_action(), sender_.next_release(), heal_}); }

  /// The last instant of the longest span from `begin` on that a world may take at once.
  Tick last_of_span(Tick begin) const;

  /// The least time from a learning to the arrival of what it makes a node send.
  Duration reaction() const {
    return lasts(population_->schedule().first, nodes_.fastest()) + wire_.least_latency();
  }

  /// Does what faults do at `until` or before, messages that are sent aside.
  void act(Tick until);

  /// Makes nodes, or else the initiator, send what is due at `until` or before: one batch, so that a world
  /// may look up in between. False: nothing was due.
  bool send(Tick until);

  /// Ends versions whose deadlines have passed at `until`.
  void pass_deadlines(Tick until);

  /// What is due at `next`, as far as it goes in one batch of messages: all that faults and deadlines do,
  /// then one batch of rounds or one publish.
  void step();

  /// Nothing that happened before `now` will be told any more.
  void reached(Tick now) { ledger_.trace().reached(now); }

  /// The slot of a version that was published, by the initiator or a foreign client.
  std::optional<Slot> find(Version version) const;

  /// A foreign client published a version, of which kMaxVersions can be: the slot it has, or gets now.
  std::optional<Slot> admit(Version version, Tick now);

  /// For a world of virtual time, of a batch it is to carry: those messages that go on of which it is to tell
  /// the driver, good until the next call. What the others come to is certain, and seen to.
  std::span<const Flight> foresee(const Batch& batch) {
    return foresight_.look(batch, std::min(next_action(), end_ + 1));
  }

  /// Messages that were carried reached their receivers, each `offset` after `base`, in any order. Those
  /// whose receivers are down fail. The others may teach something once they are absorbed.
  void arrive(Tick base, std::span<const Arrival> arrivals);

  /// A garbled message that was carried reached its receiver: it is taken in and rejected, or fails as others
  /// do.
  void reject(Slot slot, NodeId to, Tick now);

  /// Lets nodes learn from what arrived since the last time, all told with this `base`. Returns how many
  /// learnings there were.
  std::size_t absorb(Tick base);

  /// A message that was carried came to nothing: the wire broke it, or its receiver refused.
  void fail(Slot slot, NodeId to, Tick now);

  /// A foreign client sent an admitted version to a node that is up. Returns whether the node learned it.
  bool receive_foreign(Slot slot, NodeId node, Tick now);

  /// A foreign client made a request.
  void count_foreign() { ledger_.foreign(); }

  /// Somebody outside acts on nodes, now.
  void control(Tick now, const std::function<void(faults::NodeControl&)>& act);

  /// Somebody outside replaces the faults, now: see faults::Layer::replace.
  void replace_faults(const std::vector<scenario::Fault>& faults, Tick since, Tick now);

  /// Somebody outside has the initiator publish its next version, now, in between those of its own times.
  /// Nothing: no more versions are taken.
  std::optional<Version> publish_now(Tick now);

  /// What each fault has hit so far.
  std::vector<measure::Evidence> evidence(Tick now) const { return wire_.faults().evidence(now); }

  /// All versions have settled, and none is to be published any more.
  bool done() const { return published_ == scenario_.publish.versions && ledger_.settled(); }

  /// The last instant of the run: the last deadline, as far as it is known.
  Tick end() const { return end_; }

  /// When the last version settled.
  Tick last_settled() const { return ledger_.last_settled(); }

  /// How many messages in flight no world carries yet: faults hold them.
  std::size_t held() const { return wire_.faults().holds().size(); }

  /// The account of messages so far, with what only the wire knows.
  measure::Messages messages() const;

  const measure::Ledger& ledger() const { return ledger_; }
  const gossip::Population& population() const { return *population_; }
  const Nodes& nodes() const { return nodes_; }

  /// Ends the run at `now` and gives what was measured.
  measure::Outcome finish(Tick now, bool interrupted);

 private:
  struct Deadline {
    Tick at;
    Slot slot;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
  };

  Tick next_publish() const;
  Tick next_deadline() const { return deadlines_.empty() ? kNever : deadlines_.top().at + 1; }  // past it
  Tick happens(Tick due);
  void acted(Tick now, Tick due);
  void publish(Tick due);
  void publish_next(Tick due, Tick at);
  void wake(Tick until);
  void learn(Tick base, std::span<const Arrival> of_one);
  void send_in_order(Tick until);
  void find_due(Tick until);
  void take_wakes(Tick until);
  Slot open(Version version, Tick intended, Tick at);
  void sift(std::span<const Arrival> arrivals);
  void settle_if_over(Slot slot, Tick at);
  void settle(Slot slot, Tick at);

  const scenario::Scenario& scenario_;
  World& world_;
  Observer& observer_;
  bool open_to_clients_;
  std::unique_ptr<gossip::Population> population_;
  Wire wire_;
  measure::Ledger ledger_;
  Sender sender_;
  Nodes nodes_;
  Wakes wakes_;
  NodeActions actions_;
  Foresight foresight_;
  std::unordered_map<Version, Slot> slots_;  // looked up only, never iterated
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
  Tick end_;
  std::uint64_t published_ = 0;  // by the initiator
  Version last_version_ = 0;     // that the initiator took
  Tick heal_ = kNever;           // when all faults have healed, as long as that is to be told
  bool controlled_ = false;      // somebody outside did something that all versions share
  Batch batch_;
  std::vector<DueBurst> due_;     // of a span that is sent in order
  std::vector<Arrival> up_to_;    // room for arrivals at nodes that are up
  std::vector<Arrival> refused_;  // and for those at others
  std::vector<Arrival> unheld_;   // what arrived and may teach something
  std::size_t unheld_count_ = 0;
  std::vector<Slot> landed_;
};

}  // namespace hearsay::core
