#include "core/driver.hpp"

#include <algorithm>

#include "base/check.hpp"
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

Driver::Driver(const scenario::Scenario& scenario, std::optional<DurationModel> fallback, World& world,
               Observer& observer)
    : scenario_(scenario),
      world_(world),
      observer_(observer),
      population_(make_population(scenario)),
      wire_(scenario.network, fallback, 0, scenario.faults, scenario.seed, scenario.cluster.nodes),
      ledger_(scenario.cluster.nodes, required(scenario.cluster.commit), scenario.publish.deadline),
      rounds_(population_->schedule()),
      end_(scenario::last_deadline(scenario)),
      down_(scenario.cluster.nodes) {}

Tick Driver::next() const {
  return std::min({wire_.faults().next_action(), rounds_.next(), next_publish(), next_deadline()});
}

Tick Driver::next_publish() const {
  if (published_ == scenario_.publish.versions || ledger_.opened() == kMaxVersions) return kNever;
  return static_cast<Tick>(published_ + 1) * scenario_.publish.interval;
}

void Driver::advance(Tick until) {
  for (Tick due = next(); due <= until; due = next()) {
    now_ = std::max(now_, due);
    if (due == wire_.faults().next_action()) act_on_nodes(due);
    pass_deadlines();
    if (due == rounds_.next()) wake(due);
    if (due == next_publish()) publish(due);
  }
}

void Driver::act_on_nodes(Tick due) {
  now_ = world_.happens(due);
  wire_.faults().act(due, *this, !ledger_.settled());
  ledger_.commit_due(now_);
  for (const Slot slot : ledger_.unsettled()) settle_if_over(slot);
}

bool Driver::kill(NodeId node, bool wipe) {
  if (down_.test(node)) return false;
  down_.set(node);
  ledger_.down(node);
  if (wipe) {
    ledger_.wiped(node);
    population_->wipe(node);
  }
  world_.went_down(node);
  return true;
}

bool Driver::restart(NodeId node) {
  if (!down_.test(node)) return false;
  down_.clear(node);
  ledger_.up(node);
  restarted_[node] = now_;
  world_.came_up(node);
  return true;
}

void Driver::pass_deadlines() {
  while (next_deadline() <= now_) {
    const Slot slot = deadlines_.top().slot;
    deadlines_.pop();
    settle_if_over(slot);
  }
}

// A node's rounds are gone once it goes down; what it learned since it came up again has rounds of its own.
bool Driver::wakes(NodeId node, Tick learned) const {
  if (!is_up(node)) return false;
  const auto restarted = restarted_.find(node);
  return restarted == restarted_.end() || learned >= restarted->second;
}

void Driver::wake(Tick until) {
  const std::uint32_t fanout = population_->fanout(1);
  rounds_.take(until, Batch::capacity(fanout), woken_);
  batch_.start(woken_.slot, ledger_.version(woken_.slot), woken_.round, fanout);
  for (const Woken::Wake& wake : woken_.wakes)
    if (wakes(wake.node, wake.learned))
      batch_.add(wake.node, population_->life(wake.node), world_.happens(wake.due));
  if (!batch_.empty()) send();
  settle_if_over(woken_.slot);
}

void Driver::publish(Tick due) {
  const Tick at = world_.happens(due);
  ++published_;
  do {
    ++last_version_;
  } while (find(last_version_));
  const Slot slot = open(last_version_, due);
  observer_.published(last_version_);
  batch_.start(slot, last_version_, 0, population_->fanout(0));
  batch_.add(kInitiator, 0, at);
  send();
  settle_if_over(slot);
}

void Driver::send() {
  batch_.seal();
  population_->address(batch_);
  wire_.judge(batch_);
  ledger_.sent(batch_);
  world_.carry(batch_);
}

Slot Driver::open(Version version, Tick intended) {
  const Slot slot = ledger_.open(version, intended);
  slots_.emplace(version, slot);
  population_->open(version);
  rounds_.open();
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
  return open(version, now);
}

std::size_t Driver::deliver(Tick base, std::span<gossip::Arrival> arrivals) {
  quiet_.clear();
  for (const gossip::Arrival arrival : arrivals)
    if (ledger_.delivered(arrival.slot()) == 0) quiet_.push_back(arrival.slot());
  const std::size_t learnings = learn(base, arrivals);
  for (const Slot slot : quiet_) settle_if_over(slot);
  return learnings;
}

void Driver::fail(Slot slot, NodeId to) {
  ledger_.failed(slot, to);
  settle_if_over(slot);
}

bool Driver::receive_foreign(Slot slot, NodeId node, Tick now) {
  gossip::Arrival arrival(0, slot, node);
  const bool learned = learn(now, {&arrival, 1}) == 1;
  settle_if_over(slot);
  return learned;
}

std::size_t Driver::learn(Tick base, std::span<gossip::Arrival> arrivals) {
  now_ = std::max(now_, base);
  const std::size_t learnings = population_->receive(arrivals);
  for (const gossip::Arrival learning : arrivals.first(learnings)) {
    const Slot slot = learning.slot();
    const Tick at = base + learning.offset();
    const bool commits = ledger_.learned(slot, learning.to(), population_->life(learning.to()), at);
    rounds_.learned(slot, learning.to(), at);
    observer_.learned(ledger_.version(slot), ledger_.holders(slot), commits);
  }
  return learnings;
}

// Nothing of the version is on its way any more. Not committed, it is lost at once, unless the death of a
// node could still commit it in time.
void Driver::settle_if_over(Slot slot) {
  if (ledger_.settled(slot) || ledger_.in_flight(slot) != 0) return;
  if (rounds_.pending(slot, [this](NodeId node, Tick learned) { return wakes(node, learned); })) return;
  const bool deaths_count = scenario_.cluster.commit == scenario::CommitRule::alive;
  const bool may_commit =
      deaths_count && now_ <= ledger_.deadline(slot) && wire_.faults().next_action() != kNever;
  if (ledger_.committed(slot) || !may_commit) ledger_.settle(slot);
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
  ledger_.close(now, interrupted, outcome);
  outcome.messages.delayed = wire_.delayed();
  return outcome;
}

}  // namespace hearsay::core
