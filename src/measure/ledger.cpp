#include "measure/ledger.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.hpp"

namespace hearsay::measure {
namespace {

const Key kLearned{0, "learned"};

Block hash_of_learning(Version version, NodeId node, Life life) {
  const auto number = static_cast<std::uint64_t>(version);
  return kLearned.block(static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32), node,
                        life);
}

void leave_open(VersionRecord& record) {
  record.end = End::open;
  record.committed = kNever;
  record.taken.clear();
  record.refused = 0;
}

}  // namespace

Ledger::Ledger(NodeId nodes, Required required, Duration deadline)
    : nodes_(nodes), required_(required), deadline_(deadline), up_(nodes), down_(nodes) {}

Slot Ledger::open(Version version, Tick intended) {
  const Slot slot = opened();
  entries_.push_back({.record = {.version = version, .published = intended},
                      .held = Bits(nodes_),
                      .lacking = required_nodes()});
  unsettled_.push_back(slot);
  return slot;
}

bool Ledger::learned(Slot slot, NodeId node, Life life, Tick at) {
  Entry& entry = entries_[slot];
  HEARSAY_CHECK(!entry.held.test(node) && !down_.test(node), "a node learned what it held, or while down");
  entry.held.set(node);
  ++entry.holders;
  --entry.lacking;
  ++entry.record.learnings;
  entry.record.last_learned = at;
  learned_.add(hash_of_learning(entry.record.version, node, life));
  return commit(entry, at);
}

bool Ledger::commit(Entry& entry, Tick at) {
  if (entry.lacking != 0 || required_nodes() == 0 || entry.settled) return false;
  if (entry.record.committed != kNever || at > entry.record.published + deadline_) return false;
  entry.record.committed = at;
  entry.misses = {};
  ++commits_;
  return true;
}

void Ledger::down(NodeId node) {
  HEARSAY_CHECK(!down_.test(node), "a node went down twice");
  if (required_ == Required::nodes_up)
    for (Entry& entry : entries_)
      if (!entry.held.test(node)) --entry.lacking;
  down_.set(node);
  --up_;
}

void Ledger::up(NodeId node) {
  HEARSAY_CHECK(down_.test(node), "a node came up twice");
  if (required_ == Required::nodes_up)
    for (Entry& entry : entries_)
      if (!entry.held.test(node)) ++entry.lacking;
  down_.clear(node);
  ++up_;
}

void Ledger::wiped(NodeId node) {
  for (Entry& entry : entries_) {
    if (!entry.held.test(node)) continue;
    entry.held.clear(node);
    --entry.holders;
    if (must_hold(node)) ++entry.lacking;
  }
}

std::vector<Slot> Ledger::commit_due(Tick at) {
  std::erase_if(unsettled_, [this](Slot slot) { return entries_[slot].settled; });
  std::vector<Slot> committed;
  for (const Slot slot : unsettled_)
    if (commit(entries_[slot], at)) committed.push_back(slot);
  return committed;
}

void Ledger::sent(const Batch& batch) {
  Entry& entry = entries_[batch.slot()];
  const bool open = !entry.settled && entry.record.committed == kNever;
  std::uint64_t dropped = 0;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto to = batch.to(slot);
    const auto fate = batch.fate(slot);
    for (std::size_t i = 0; i < to.size(); ++i) {
      if (fate[i] == kGoesOn) continue;
      ++dropped;
      if (open && !entry.held.test(to[i])) entry.misses.push_back({to[i], fate[i]});
    }
  }
  entry.record.sent += batch.messages();
  entry.in_flight += batch.messages() - dropped;
  messages_.sent += batch.messages();
  messages_.dropped += dropped;
  messages_.in_flight += batch.messages() - dropped;
}

std::uint64_t Ledger::delivered(Slot slot) {
  ++messages_.delivered;
  return landed(entries_[slot]);
}

void Ledger::failed(Slot slot, NodeId to) {
  Entry& entry = entries_[slot];
  landed(entry);
  ++messages_.failed;
  if (!entry.settled && entry.record.committed == kNever && !entry.held.test(to))
    entry.misses.push_back({to, kRefused});
}

std::uint64_t Ledger::landed(Entry& entry) {
  HEARSAY_CHECK(entry.in_flight > 0, "a message that was not in flight came to its end");
  --messages_.in_flight;
  return --entry.in_flight;
}

void Ledger::settle(Slot slot) {
  Entry& entry = entries_[slot];
  HEARSAY_CHECK(!entry.settled, "a version settled twice");
  VersionRecord& record = entry.record;
  record.end = record.committed == kNever ? End::lost : End::committed;
  record.required = required_nodes();
  record.holding = record.required - entry.lacking;
  if (record.end == End::lost) explain(entry);
  entry.misses = {};
  entry.settled = true;
  ++settled_;
}

void Ledger::explain(Entry& entry) const {
  std::map<Fate, std::uint64_t> by;
  for (const Miss& miss : entry.misses)
    if (must_hold(miss.to) && !entry.held.test(miss.to)) ++by[miss.by];
  for (const auto& [fate, messages] : by) {
    if (fate == kRefused)
      entry.record.refused = messages;
    else
      entry.record.taken.push_back({fate - 1U, messages});
  }
}

void Ledger::close(Tick at, bool interrupted, Outcome& outcome) {
  for (Slot slot = 0; slot < opened(); ++slot)
    if (!settled(slot)) settle(slot);
  for (Entry& entry : entries_) {
    if (interrupted && at < entry.record.published + deadline_) leave_open(entry.record);
    outcome.versions.push_back(std::move(entry.record));
  }
  HEARSAY_CHECK(
      messages_.sent == messages_.delivered + messages_.dropped + messages_.failed + messages_.in_flight,
      "the account of messages does not balance");
  outcome.messages = messages_;
  outcome.learned_digest = learned_;
}

}  // namespace hearsay::measure
