#include "base/batch.hpp"

#include <algorithm>

namespace hearsay {
namespace {

constexpr std::uint32_t kWords = 4;  // of a block: so many slots share one

std::uint32_t rounded_up(std::uint32_t number, std::uint32_t multiple) {
  return (number + multiple - 1) / multiple * multiple;
}

}  // namespace

void Batch::start(Slot slot, Version version, Round round, std::uint32_t fanout) {
  slot_ = slot;
  version_ = version;
  round_ = round;
  fanout_ = fanout;
  capacity_ = capacity(fanout);
  stride_ = rounded_up(capacity_, Key::kLanes);
  bursts_ = 0;
  if (from_.size() < stride_) {
    from_.resize(stride_);
    life_.resize(stride_);
    at_.resize(stride_);
  }
  const std::size_t drawn = std::size_t{stride_} * rounded_up(fanout, kWords);
  if (drawn_.size() >= drawn) return;
  to_.resize(drawn);
  delay_.resize(drawn);
  fate_.resize(drawn);
  drawn_.resize(drawn);
}

void Batch::seal() {
  for (std::uint32_t slot = 0; slot < fanout_; ++slot) {
    std::ranges::fill(delay(slot), 0U);
    std::ranges::fill(fate(slot), kGoesOn);
  }
}

void Batch::draw(const Key& key) {
  const Key versioned = key.with(static_cast<std::uint64_t>(version_));
  for (std::uint32_t first = 0; first < fanout_; first += kWords) {
    const std::size_t stride = stride_;
    std::uint32_t* columns = drawn_.data() + first * stride;
    versioned.blocks(bursts_, from_.data(), life_.data(), round_, first / kWords,
                     {columns, columns + stride, columns + 2 * stride, columns + 3 * stride});
  }
}

}  // namespace hearsay
