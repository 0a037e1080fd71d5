#include "measure/ledger.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/wide.hpp"

namespace hearsay::measure {
namespace {

HEARSAY_WIDE std::uint32_t count_taken(const Fate* fate, std::size_t count) {
  std::uint32_t taken = 0;
  for (std::size_t i = 0; i < count; ++i) taken += static_cast<std::uint32_t>(fate[i] != kGoesOn);
  return taken;
}

/// Marks what was taken of that which its receiver did not know.
HEARSAY_WIDE void find_missed(std::size_t count, const Fate* fate, const std::uint8_t* known,
                              std::uint8_t* missed) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool taken = (fate[i] != kGoesOn) & (fate[i] != kAbsent);
    missed[i] = static_cast<std::uint8_t>(static_cast<std::uint8_t>(taken) & (known[i] ^ 1));
  }
}

HEARSAY_WIDE void add_learned(Hashes& into, std::uint64_t version, Life life, const Arrival* learnings,
                              std::size_t count) {
  Hashes hashes = into;
  for (std::size_t i = 0; i < count; ++i)
    hashes.add(hash_of(version, std::uint64_t{life} << 32 | learnings[i].to()));
  into = hashes;
}

void leave_open(VersionRecord& record) {
  record.end = End::open;
  record.committed = kNever;
  record.taken.clear();
  record.refused = 0;
}

}  // namespace

Ledger::Ledger(NodeId nodes, Required required, Duration deadline, const Trace& trace)
    : nodes_(nodes),
      required_(required),
      deadline_(deadline),
      up_(nodes),
      down_(nodes),
      lives_(nodes),
      trace_(trace) {}

Slot Ledger::open(Version version, Tick intended, Tick at) {
  const Slot slot = opened();
  Entry& entry = entries_.emplace_back();
  entry.record.version = version;
  entry.record.published = intended;
  entry.held = Bits(nodes_);
  entry.lacking = required_nodes();
  unsettled_.push_back(slot);
  held_.push_back(slot);
  trace_.happened({.at = at, .kind = Event::Kind::publish, .version = version});
  return slot;
}

bool Ledger::learned(Tick base, std::span<const Arrival> of_one) {
  Entry& entry = entries_[of_one.front().slot()];
  for (const Arrival learning : of_one) {
    const NodeId node = learning.to();
    HEARSAY_CHECK(!entry.held.test(node) && is_up(node), "a node learned what it held, or while down");
    entry.held.set(node);
  }
  const auto learnings = static_cast<NodeId>(of_one.size());
  entry.holders += learnings;
  entry.lacking -= learnings;
  entry.record.learnings += learnings;
  entry.record.last_learned = base + of_one.back().offset();
  if (recovery_.counts(of_one.front().slot())) {
    recovery_.hold(learnings);
    recovery_.look(entry.record.last_learned);
  }
  digest_learned(entry.record.version, base, of_one);
  return commit(entry, entry.record.last_learned);
}

void Ledger::digest_learned(Version version, Tick base, std::span<const Arrival> of_one) {
  Hashes hashes;
  while (!of_one.empty()) {
    const Life life = lives_[of_one.front().to()];
    const auto alike = of_one.first(in_one_life(of_one));
    add_learned(hashes, static_cast<std::uint64_t>(version), life, alike.data(), alike.size());
    trace_.happened(Event::Kind::learn, version, life, base, alike, alike.back().offset());
    of_one = of_one.subspan(alike.size());
  }
  hashes.add_to(learned_);
}

/// How many of the first learnings are in a life of the same number.
std::size_t Ledger::in_one_life(std::span<const Arrival> learnings) const {
  if (lives_.empty()) return learnings.size();
  const Life life = lives_[learnings.front().to()];
  const auto other = std::ranges::find_if(learnings, [&](Arrival l) { return lives_[l.to()] != life; });
  return static_cast<std::size_t>(other - learnings.begin());
}

bool Ledger::commit(Entry& entry, Tick at) {
  if (entry.lacking != 0 || required_nodes() == 0 || entry.settled) return false;
  if (entry.record.committed != kNever || at > entry.record.published + deadline_) return false;
  entry.record.committed = at;
  entry.misses.clear();
  ++commits_;
  trace_.happened({.at = at, .kind = Event::Kind::commit, .version = entry.record.version});
  return true;
}

void Ledger::down(NodeId node, Tick at) {
  HEARSAY_CHECK(!down_.test(node), "a node went down twice");
  if (required_ == Required::nodes_up)
    for (const Slot slot : held_)
      if (!entries_[slot].held.test(node)) --entries_[slot].lacking;
  recovery_.hold(lacked(node));
  down_.set(node);
  --up_;
  trace_.happened({.at = at, .kind = Event::Kind::down, .life = lives_[node], .to = node});
}

void Ledger::up(NodeId node, Tick at) {
  HEARSAY_CHECK(down_.test(node), "a node came up twice");
  if (required_ == Required::nodes_up)
    for (const Slot slot : held_)
      if (!entries_[slot].held.test(node)) ++entries_[slot].lacking;
  recovery_.lack(lacked(node));
  down_.clear(node);
  ++up_;
  trace_.happened({.at = at, .kind = Event::Kind::up, .life = lives_[node], .to = node});
}

void Ledger::wiped(NodeId node) {
  lives_.put(node, lives_[node] + 1);
  for (const Slot slot : held_) {
    Entry& entry = entries_[slot];
    if (!entry.held.test(node)) continue;
    entry.held.clear(node);
    --entry.holders;
    if (must_hold(node)) ++entry.lacking;
    if (is_up(node) && recovery_.counts(slot)) recovery_.lack(1);
  }
}

/// Of the versions that recovery is about.
std::uint64_t Ledger::lacked(NodeId node) const {
  std::uint64_t lacked = 0;
  for (const Slot slot : held_)
    if (recovery_.counts(slot)) lacked += entries_[slot].held.test(node) ? 0 : 1;
  return lacked;
}

NodeId Ledger::lacking_nodes(const Entry& entry) const {
  if (up_ == nodes_) return nodes_ - entry.holders;
  NodeId lacking = 0;
  for (NodeId node = 0; node < nodes_; ++node) lacking += is_up(node) && !entry.held.test(node) ? 1 : 0;
  return lacking;
}

void Ledger::healed(Tick at) {
  std::uint64_t lacking = 0;
  for (const Slot slot : held_) lacking += lacking_nodes(entries_[slot]);
  recovery_.heal(at, opened(), lacking);
  if (up_ > 0) recovery_.look(at);
}

void Ledger::commit_due(Tick at) {
  std::erase_if(unsettled_, [this](Slot slot) { return entries_[slot].settled; });
  for (const Slot slot : unsettled_) commit(entries_[slot], at);
  if (up_ > 0) recovery_.look(at);
}

void Ledger::sent(const Batch& batch) {
  Entry& entry = entries_[batch.slot()];
  const bool explained = !entry.settled && entry.record.committed == kNever;
  std::uint64_t dropped = 0;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const std::uint32_t taken = count_taken(batch.fate(slot).data(), batch.bursts());
    if (taken != 0 && explained) miss(entry, batch, slot);
    dropped += taken;
  }
  dropped -= batch.absent();
  entry.last = std::max(entry.last, batch.at().back());
  entry.record.sent += batch.messages();
  entry.in_flight += batch.messages() - dropped;
  messages_.sent += batch.messages();
  messages_.dropped += dropped;
  if (batch.copy() != 0) messages_.duplicated += batch.messages();
  messages_.in_flight += batch.messages() - dropped;
  trace_.sent(batch);
}

void Ledger::miss(Entry& entry, const Batch& batch, std::uint32_t slot) {
  const auto to = batch.to(slot);
  const auto fate = batch.fate(slot);
  std::array<std::uint8_t, Batch::kMostBursts> missed;
  find_missed(to.size(), fate.data(), batch.known(slot).data(), missed.data());
  for_each_nonzero({missed.data(), to.size()},
                   [&](std::size_t i) { entry.misses.add(to[i], lives_[to[i]], fate[i]); });
}

void Ledger::refuse(Entry& entry, std::span<const Arrival> of_one) {
  for (const Arrival arrival : of_one) {
    if (!entry.held.test(arrival.to())) entry.misses.add(arrival.to(), lives_[arrival.to()], kRefused);
  }
}

/// Tells `landed` of each stretch of arrivals of one version.
template <typename Landed>
void Ledger::land(Tick base, std::span<const Arrival> arrivals, Landed landed) {
  HEARSAY_CHECK(messages_.in_flight >= arrivals.size(), "messages that were not in flight came to their end");
  messages_.in_flight -= arrivals.size();
  for (Arrival::Stretch stretch = Arrival::whole(arrivals); !arrivals.empty();
       stretch = Arrival::stretch(arrivals)) {
    if (stretch.count == 0) continue;
    const Slot slot = arrivals.front().slot();
    Entry& entry = entries_[slot];
    HEARSAY_CHECK(entry.in_flight >= stretch.count, "messages that were not in flight came to their end");
    entry.in_flight -= stretch.count;
    entry.last = std::max(entry.last, base + stretch.latest);
    if (entry.in_flight == 0) landed_.push_back(slot);
    landed(entry, arrivals.first(stretch.count), stretch.latest);
    arrivals = arrivals.subspan(stretch.count);
  }
}

void Ledger::delivered(Tick base, std::span<const Arrival> arrivals) {
  messages_.delivered += arrivals.size();
  land(base, arrivals, [&](const Entry& entry, std::span<const Arrival> of_one, std::uint32_t latest) {
    trace_.happened(Event::Kind::deliver, entry.record.version, 0, base, of_one, latest);
  });
}

void Ledger::delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest) {
  Entry& entry = entries_[batch.slot()];
  const std::uint64_t count = sum_of_bytes(picked);
  HEARSAY_CHECK(entry.in_flight > count, "the last message of a version came to its end ahead of time");
  entry.in_flight -= count;
  messages_.in_flight -= count;
  messages_.delivered += count;
  trace_.delivered(batch, picked, latest);
}

void Ledger::rejected(Tick at, Arrival arrival) {
  ++messages_.delivered;
  ++messages_.rejected;
  land(at, {&arrival, 1}, [&](const Entry& entry, std::span<const Arrival>, std::uint32_t) {
    trace_.happened({.at = at + arrival.offset(),
                     .kind = Event::Kind::deliver,
                     .version = entry.record.version,
                     .to = arrival.to(),
                     .marks = kGarbled});
  });
}

void Ledger::failed(Tick base, std::span<const Arrival> arrivals) {
  messages_.failed += arrivals.size();
  land(base, arrivals, [&](Entry& entry, std::span<const Arrival> of_one, std::uint32_t latest) {
    trace_.happened(Event::Kind::fail, entry.record.version, 0, base, of_one, latest);
    if (entry.settled || entry.record.committed != kNever) return;
    refuse(entry, of_one);
  });
}

void Ledger::take_landed(std::vector<Slot>& landed) {
  landed.clear();
  landed.swap(landed_);
}

void Ledger::settle(Slot slot, Tick at) {
  Entry& entry = entries_[slot];
  HEARSAY_CHECK(!entry.settled, "a version settled twice");
  VersionRecord& record = entry.record;
  record.end = record.committed == kNever ? End::lost : End::committed;
  record.required = required_nodes();
  record.holding = record.required - entry.lacking;
  if (record.end == End::lost) explain(entry);
  entry.misses.clear();
  entry.settled = true;
  ++settled_;
  last_settled_ = std::max({last_settled_, at, entry.last});
}

void Ledger::release(Slot slot) {
  HEARSAY_CHECK(entries_[slot].settled, "a version that has not settled was released");
  if (recovery_.needs(slot)) return;
  entries_[slot].held = Bits();
  std::erase(held_, slot);
}

void Ledger::explain(Entry& entry) const {
  std::map<Fate, std::uint64_t> by;
  entry.misses.for_each([&](NodeId to, Life life, Fate fate) {
    if (must_hold(to) && !entry.held.test(to) && life == lives_[to]) ++by[fate];
  });
  for (const auto& [fate, messages] : by) {
    if (fate == kRefused)
      entry.record.refused = messages;
    else
      entry.record.taken.push_back({fate - 1U, messages});
  }
}

void Ledger::close(Tick at, bool interrupted, Outcome& outcome) {
  for (Slot slot = 0; slot < opened(); ++slot)
    if (!settled(slot)) settle(slot, at);
  for (Entry& entry : entries_) {
    if (interrupted && at < entry.record.published + deadline_) leave_open(entry.record);
    outcome.versions.push_back(std::move(entry.record));
  }
  HEARSAY_CHECK(
      messages_.sent == messages_.delivered + messages_.dropped + messages_.failed + messages_.in_flight,
      "the account of messages does not balance");
  outcome.messages = messages_;
  outcome.learned_digest = learned_;
  outcome.recovery = recovery_.result();
  if (trace_.digested()) outcome.trace_digest = trace_.digest();
}

}  // namespace hearsay::measure
