#include "base/batch.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace hearsay {

void Batch::start(Slot slot, Version version, Round round, std::uint32_t fanout) {
  slot_ = slot;
  version_ = version;
  round_ = round;
  fanout_ = fanout;
  capacity_ = capacity(fanout);
  from_.clear();
  life_.clear();
  at_.clear();
  const std::size_t messages = std::size_t{capacity_} * fanout;
  if (to_.size() >= messages) return;
  to_.resize(messages);
  delay_.resize(messages);
  fate_.resize(messages);
  drawn_.resize(messages);
}

void Batch::add(NodeId from, Life life, Tick at) {
  HEARSAY_CHECK(!full(), "a batch holds no more bursts");
  from_.push_back(from);
  life_.push_back(life);
  at_.push_back(at);
}

void Batch::seal() {
  for (std::uint32_t slot = 0; slot < fanout_; ++slot) {
    std::ranges::fill(delay(slot), 0U);
    std::ranges::fill(fate(slot), kGoesOn);
  }
}

void Batch::draw(const Key& key) {
  const Key versioned = key.with(static_cast<std::uint64_t>(version_));
  for (std::uint32_t first = 0; first < fanout_; first += 4) {
    const std::uint32_t last = std::min(first + 4, fanout_);
    for (std::uint32_t burst = 0; burst < bursts(); ++burst) {
      const Block block = versioned.block(from_[burst], life_[burst], round_, first / 4);
      for (std::uint32_t slot = first; slot < last; ++slot)
        drawn_[std::size_t{slot} * capacity_ + burst] = block[slot - first];
    }
  }
}

}  // namespace hearsay
