#include "core/driver.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "faults/heal.hpp"
#include "gossip/protocols.hpp"

namespace hearsay::core {
namespace {

std::unique_ptr<gossip::Population> make_population(const scenario::Scenario& scenario) {
  const scenario::Gossip& gossip = scenario.gossip;
  const gossip::PushParameters parameters = {
      .nodes = scenario.cluster.nodes,
      .fanout = gossip.fanout,
      .publish_fanout = scenario.publish.fanout,
      .schedule = {.first = gossip.at_once ? 0 : gossip.interval,
                   .interval = gossip.interval,
                   .rounds = gossip.rounds},
  };
  for (const gossip::Protocol& protocol : gossip::protocols())
    if (protocol.declaration.name == gossip.protocol) return protocol.make(scenario.seed, parameters);
  HEARSAY_CHECK(false, "no such protocol: " + gossip.protocol);
}

measure::Required required(scenario::CommitRule rule) {
  return rule == scenario::CommitRule::all ? measure::Required::every_node : measure::Required::nodes_up;
}

}  // namespace

Driver::Driver(const scenario::Scenario& scenario, const Surroundings& surroundings, World& world,
               Observer& observer)
    : scenario_(scenario),
      world_(world),
      observer_(observer),
      open_to_clients_(surroundings.open_to_clients),
      population_(make_population(scenario)),
      wire_(scenario.network, surroundings.latency, surroundings.least_latency, scenario.faults,
            scenario.seed, scenario.cluster.nodes, phases_asked(scenario)),
      ledger_(
          scenario.cluster.nodes, required(scenario.cluster.commit), scenario.publish.deadline,
          measure::Trace(surroundings.deterministic, observer.events(), scenario::names(scenario.faults))),
      sender_(world, *population_, wire_, ledger_),
      nodes_(scenario.cluster.nodes),
      wakes_(population_->schedule(), nodes_, scenario.cluster.nodes),
      actions_(nodes_, wakes_, *population_, ledger_, world),
      foresight_(nodes_, ledger_),
      end_(scenario::last_deadline(scenario)) {
  if (!scenario::asks_recovery(scenario)) return;
  heal_ = faults::heal(scenario).value_or(kNever);
  ledger_.ask_recovery();
}

Tick Driver::next() const {
  return std::min({next_action(), wakes_.next(), next_publish(), next_deadline()});
}

Tick Driver::next_publish() const {
  if (published_ == scenario_.publish.versions || ledger_.opened() == kMaxVersions) return kNever;
  return static_cast<Tick>(published_ + 1) * scenario_.publish.interval;
}

// Where order counts, nothing that is learned in a span may be sent in it, nor may anything that is held in
// it be due in it; and if it counts what happened before, an instant is a span.
Tick Driver::last_of_span(Tick begin) const {
  const Tick last = std::min({begin + reaction(), next_action(), wire_.faults().next_order(begin)}) - 1;
  const faults::Order order = wire_.faults().order(begin, begin);
  if (order == faults::Order::none) return last;
  if (order == faults::Order::by_instant) return begin;
  const Duration first_round = std::max<Duration>(reaction() - wire_.least_latency(), 1);
  return std::min(last, begin - 1 + std::min(first_round, wire_.faults().acts_after(begin)));
}

Tick Driver::happens(Tick due) {
  world_.happen({&due, 1});
  return due;
}

void Driver::step() {
  const Tick due = next();
  act(due);
  pass_deadlines(due);
  send(due);
}

void Driver::act(Tick until) {
  for (Tick due = next_action(); due <= until; due = next_action()) {
    const Tick now = happens(due);
    sender_.release(now);
    actions_.begin(now);
    wire_.faults().act(due, actions_, !ledger_.settled());
    acted(now, due);
  }
}

void Driver::acted(Tick now, Tick due) {
  actions_.end();
  ledger_.commit_due(now);
  if (heal_ <= due) ledger_.healed(std::exchange(heal_, kNever));
  for (const Slot slot : ledger_.unsettled()) settle_if_over(slot, now);
}

void Driver::control(Tick now, const std::function<void(faults::NodeControl&)>& act) {
  controlled_ = true;
  actions_.begin(now);
  act(actions_);
  acted(now, now);
}

void Driver::replace_faults(const std::vector<scenario::Fault>& faults, Tick since, Tick now) {
  control(now, [&](faults::NodeControl& nodes) { wire_.faults().replace(faults, since, nodes); });
}

void Driver::pass_deadlines(Tick until) {
  while (next_deadline() <= until) {
    const Deadline passed = deadlines_.top();
    deadlines_.pop();
    settle_if_over(passed.slot, passed.at + 1);
  }
}

bool Driver::send(Tick until) {
  const Tick next = std::min(wakes_.next(), next_publish());
  if (next > until) return false;
  if (wire_.faults().order(next, until) != faults::Order::none)
    send_in_order(until);
  else if (wakes_.next() <= until)
    wake(until);
  else
    publish(next_publish());
  return true;
}

// One burst after the other, as faults with a memory must see them. No version may settle while bursts of it
// wait here.
void Driver::send_in_order(Tick until) {
  find_due(until);
  for (const DueBurst& due : due_) {
    while (next_publish() < due.at) publish(next_publish());
    batch_.start(due.slot, due.version, due.round, population_->fanout(due.round));
    batch_.add(due.from, due.life, happens(due.at));
    sender_.send(batch_);
  }
  while (next_publish() <= until) publish(next_publish());
  for (const DueBurst& due : due_) settle_if_over(due.slot, ledger_.last(due.slot));
}

void Driver::find_due(Tick until) {
  due_.clear();
  while (wakes_.next() <= until) {
    take_wakes(until);
    for (std::uint32_t burst = 0; burst < batch_.bursts(); ++burst)
      due_.push_back({batch_.at()[burst], batch_.version(), batch_.from()[burst], batch_.life()[burst],
                      batch_.round(), batch_.slot()});
  }
  std::ranges::sort(due_);
}

/// Fills the batch with bursts of the round that is due next, those due at `until` or before; or with none.
void Driver::take_wakes(Tick until) {
  const RoundOf due = wakes_.due_next();
  batch_.start(due.slot, ledger_.version(due.slot), due.round, population_->fanout(due.round));
  wakes_.take(until, *population_, batch_);
}

void Driver::wake(Tick until) {
  take_wakes(until);
  if (batch_.empty()) return;
  world_.happen(batch_.at());
  sender_.send(batch_);
  settle_if_over(batch_.slot(), batch_.at().back());
}

void Driver::publish(Tick due) {
  ++published_;
  publish_next(due, happens(due));
}

std::optional<Version> Driver::publish_now(Tick now) {
  if (ledger_.opened() == kMaxVersions) return std::nullopt;
  controlled_ = true;
  publish_next(now, now);
  return last_version_;
}

void Driver::publish_next(Tick due, Tick at) {
  do {
    ++last_version_;
  } while (find(last_version_));
  const Slot slot = open(last_version_, due, at);
  observer_.published(last_version_);
  batch_.start(slot, last_version_, 0, population_->fanout(0));
  batch_.add(kInitiator, 0, at);
  sender_.send(batch_);
  settle_if_over(slot, at);
}

Slot Driver::open(Version version, Tick intended, Tick at) {
  const Slot slot = ledger_.open(version, intended, at);
  slots_.emplace(version, slot);
  wire_.faults().unsettled();
  wire_.faults().opened(slot, version);
  population_->open(version);
  wakes_.open();
  deadlines_.push({ledger_.deadline(slot), slot});
  end_ = std::max(end_, ledger_.deadline(slot));
  return slot;
}

std::optional<Slot> Driver::find(Version version) const {
  const auto found = slots_.find(version);
  if (found == slots_.end()) return std::nullopt;
  return found->second;
}

std::optional<Slot> Driver::admit(Version version, Tick now) {
  if (const auto slot = find(version)) return slot;
  const bool endless = scenario_.publish.versions == scenario::kEndless;
  const std::uint64_t to_come = endless ? 0 : scenario_.publish.versions - published_;
  if (ledger_.opened() + to_come >= kMaxVersions) return std::nullopt;
  return open(version, now, now);
}

void Driver::arrive(Tick base, std::span<const Arrival> arrivals) {
  if (nodes_.all_up()) {
    ledger_.delivered(base, arrivals);
    return sift(arrivals);
  }
  if (up_to_.size() < arrivals.size()) {
    up_to_.resize(arrivals.size());
    refused_.resize(arrivals.size());
  }
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (const Arrival arrival : arrivals) {
    const bool up = nodes_.is_up(arrival.to());
    up_to_[taken] = arrival;
    taken += up;
    refused_[refused] = arrival;
    refused += !up;
  }
  ledger_.delivered(base, {up_to_.data(), taken});
  ledger_.failed(base, {refused_.data(), refused});
  sift({up_to_.data(), taken});
}

void Driver::reject(Slot slot, NodeId to, Tick now) {
  const Arrival arrival(0, slot, to);
  if (nodes_.is_up(to))
    ledger_.rejected(now, arrival);
  else
    ledger_.failed(now, {&arrival, 1});
}

void Driver::sift(std::span<const Arrival> arrivals) {
  if (unheld_.size() < unheld_count_ + arrivals.size()) unheld_.resize(unheld_count_ + arrivals.size());
  unheld_count_ += population_->sift(arrivals, unheld_.data() + unheld_count_);
}

std::size_t Driver::absorb(Tick base) {
  const std::span<Arrival> arrivals(unheld_.data(), std::exchange(unheld_count_, 0));
  const std::size_t learnings = population_->receive(arrivals);
  for (std::span<const Arrival> left = arrivals.first(learnings); !left.empty();) {
    const auto of_one = left.first(Arrival::stretch(left).count);
    learn(base, of_one);
    left = left.subspan(of_one.size());
  }
  ledger_.take_landed(landed_);
  for (const Slot slot : landed_) settle_if_over(slot, ledger_.last(slot));
  return learnings;
}

/// Nodes learned one version.
void Driver::learn(Tick base, std::span<const Arrival> of_one) {
  const Slot slot = of_one.front().slot();
  const Version version = ledger_.version(slot);
  NodeId holders = ledger_.holders(slot);
  const bool committed = ledger_.learned(base, of_one);
  wakes_.learned(base, of_one);
  for (std::size_t left = of_one.size(); left > 0; --left)
    observer_.learned(version, ++holders, committed && left == 1);
}

void Driver::fail(Slot slot, NodeId to, Tick now) {
  const Arrival arrival(0, slot, to);
  ledger_.failed(now, {&arrival, 1});
  absorb(now);
}

bool Driver::receive_foreign(Slot slot, NodeId node, Tick now) {
  const Arrival arrival(0, slot, node);
  sift({&arrival, 1});
  const bool learned = absorb(now) == 1;
  settle_if_over(slot, now);
  return learned;
}

// Nothing of the version is on its way any more. Not committed, it is lost at once, unless the death of a
// node could still commit it in time.
void Driver::settle_if_over(Slot slot, Tick at) {
  if (ledger_.settled(slot) || ledger_.in_flight(slot) != 0) return;
  if (wakes_.pending(slot)) return;
  const bool deaths_count = scenario_.cluster.commit == scenario::CommitRule::alive;
  const bool may_commit = deaths_count && at <= ledger_.deadline(slot) && wire_.faults().may_kill();
  if (ledger_.committed(slot) || !may_commit) settle(slot, at);
}

void Driver::settle(Slot slot, Tick at) {
  ledger_.settle(slot, at);
  wire_.faults().settled(slot);
  if (open_to_clients_) return;
  ledger_.release(slot);
  wakes_.close(slot);
  population_->close(slot);
}

measure::Messages Driver::messages() const {
  measure::Messages messages = ledger_.messages();
  messages.delayed = wire_.delayed();
  return messages;
}

measure::Outcome Driver::finish(Tick now, bool interrupted) {
  measure::Outcome outcome;
  outcome.seed = scenario_.seed;
  outcome.nodes = scenario_.cluster.nodes;
  outcome.duration = now;
  outcome.interrupted = interrupted;
  outcome.faults = wire_.faults().evidence(now);
  for (const measure::Evidence& evidence : outcome.faults)
    if (evidence.shared) outcome.unit = measure::Unit::run;
  if (controlled_) outcome.unit = measure::Unit::run;
  ledger_.close(now, interrupted, outcome);
  outcome.messages = messages();
  outcome.phases = wire_.by_phase();
  return outcome;
}

}  // namespace hearsay::core
