#include "measure/trace_digest.hpp"

#include <algorithm>

#include "base/digest_lanes.hpp"
#include "base/random.hpp"
#include "base/wide.hpp"

namespace hearsay::measure {
namespace {

/// No message travels so many microseconds.
constexpr std::uint32_t kNoDelay = 0xE0000000;

/// Events within 2^kBlockBits microseconds have the high bits of their time in common.
constexpr unsigned kBlockBits = 32;

constexpr std::size_t kFewFaults = 8;

constexpr Tick block_of(Tick at) { return at >> kBlockBits; }

/// Of what may happen to many nodes in one block of time.
Hash key_of(Event::Kind kind, Version version, Life life, Tick block) {
  return hash_of(hash_of(static_cast<std::uint64_t>(version), life).low,
                 static_cast<std::uint64_t>(block) << 8 | static_cast<std::uint8_t>(kind));
}

using Keys = std::array<std::uint32_t*, 4>;

/// Names what was taken by one fault; of the rest, the words stay what they were `before`.
HEARSAY_WIDE void name_taken(std::size_t count, const Fate* fate, Fate by, std::uint32_t name,
                             const std::uint32_t* before, std::uint32_t* words) {
  for (std::size_t i = 0; i < count; ++i) words[i] = fate[i] == by ? name : before[i];
}

// Of a message, under the key of its burst, the words (to, what became of it), both shifted by its index.
Sent column_of(std::size_t count, std::uint32_t index, const Keys& keys, const NodeId* to,
               const std::uint32_t* words) {
  return {count, index * 0x9E3779B9, index * 0x85EBCA6B, to, words, {keys[0], keys[1], keys[2], keys[3]}};
}

HEARSAY_WIDE void take_low_halves(std::size_t count, const Tick* at, std::uint32_t* low) {
  for (std::size_t i = 0; i < count; ++i) low[i] = static_cast<std::uint32_t>(at[i]);
}

/// The same of those messages in a batch of copies that there are.
void add_present(Hashes& into, const Batch& batch, std::uint32_t index, const Keys& keys,
                 const std::uint32_t* words) {
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
    if (batch.fate(index)[burst] == kAbsent) continue;
    const Keys its = {keys[0] + burst, keys[1] + burst, keys[2] + burst, keys[3] + burst};
    add_sent(into, column_of(1, index, its, batch.to(index).data() + burst, words + burst));
  }
}

}  // namespace

TraceDigest::TraceDigest(const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) named_.push_back(Key(0, fault).block(0, 0, 0, 0)[0] | kNoDelay);
}

void TraceDigest::sent(const Batch& batch) {
  const Keys keys = {keys_[0].data(), keys_[1].data(), keys_[2].data(), keys_[3].data()};
  std::uint64_t common = hash_of(static_cast<std::uint64_t>(batch.version()), batch.round()).low;
  if (batch.copy() != 0) common = hash_of(common, batch.copy()).low;
  hash_columns(batch.bursts(), common, batch.from().data(), batch.life().data(), batch.at().data(),
               static_cast<std::uint8_t>(Event::Kind::send), keys);
  Hashes hashes;
  for (std::uint32_t index = 0; index < batch.fanout(); ++index) {
    find_words(batch.fate(index), batch.delay(index));
    if (batch.marked()) add_marks(batch, index);
    if (batch.absent() == 0)
      add_sent(hashes, column_of(batch.bursts(), index, keys, batch.to(index).data(), words_.data()));
    else
      add_present(hashes, batch, index, keys, words_.data());
  }
  hashes.add_to(digest_);
}

// How long a message travels, or the name of the fault that took it.
void TraceDigest::find_words(std::span<const Fate> fate, std::span<const std::uint32_t> delay) {
  const std::size_t faults = named_.size();
  if (faults == 0 || faults > kFewFaults) std::ranges::copy(delay, words_.begin());
  if (faults > kFewFaults) return look_up(fate);
  const std::uint32_t* before = delay.data();
  for (std::size_t fault = 0; fault < faults; ++fault) {
    name_taken(fate.size(), fate.data(), static_cast<Fate>(fault + 1), named_[fault], before, words_.data());
    before = words_.data();
  }
}

// The same, one by one: a pass for each of many faults would take longer.
void TraceDigest::look_up(std::span<const Fate> fate) {
  for (std::size_t i = 0; i < fate.size(); ++i)
    if (fate[i] != kGoesOn && fate[i] != kAbsent) words_[i] = named_[fate[i] - 1U];
}

void TraceDigest::add_marks(const Batch& batch, std::uint32_t index) {
  constexpr std::uint32_t kOdd = 0x9E3779B1;  // so that no two sets of marks add the same
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    words_[burst] += kOdd * batch.marks(index, burst);
}

void TraceDigest::delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest) {
  if (block_of(batch.at().front()) != block_of(latest)) return delivered_one_by_one(batch, picked);
  const Hash key = key_of(Event::Kind::deliver, batch.version(), 0, block_of(latest));
  Hashes hashes;
  Column sent;
  take_low_halves(batch.bursts(), batch.at().data(), sent.data());
  for (std::uint32_t index = 0; index < batch.fanout(); ++index)
    add_picked(hashes, key,
               {batch.bursts(), batch.to(index).data(), sent.data(), batch.delay(index).data(),
                picked.data() + std::size_t{index} * batch.bursts()});
  hashes.add_to(digest_);
}

void TraceDigest::delivered_one_by_one(const Batch& batch, std::span<const std::uint8_t> picked) {
  for (std::uint32_t index = 0; index < batch.fanout(); ++index)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      if (picked[std::size_t{index} * batch.bursts() + burst] != 0)
        happened({.at = batch.at()[burst] + batch.delay(index)[burst],
                  .kind = Event::Kind::deliver,
                  .version = batch.version(),
                  .to = batch.to(index)[burst]});
}

void TraceDigest::happened(Event::Kind kind, Version version, Life life, Tick base,
                           std::span<const Arrival> to, std::uint32_t latest) {
  if (block_of(base) != block_of(base + latest) && to.size() > 1) {
    for (const Arrival& one : to) happened(kind, version, life, base, {&one, 1}, one.offset());
    return;
  }
  const Tick block = block_of(base + latest);
  const Hash key = key_of(kind, version, life, block);
  Hashes hashes;
  add_arrivals(hashes, key, static_cast<std::uint32_t>(base - (block << kBlockBits)), to.data(), to.size());
  hashes.add_to(digest_);
}

void TraceDigest::happened(const Event& event) {
  const Arrival to(0, 0, event.to);
  // Marks have a place above all lives: what has any has no life.
  const Life life = event.life ^ Life { event.marks } << 24;
  happened(event.kind, event.version, life, event.at, {&to, 1}, 0);
}

}  // namespace hearsay::measure
