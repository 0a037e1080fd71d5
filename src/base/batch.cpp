#include "base/batch.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace hearsay {
namespace {

constexpr std::uint32_t kWords = 4;  // of a block: so many slots share one

std::uint32_t rounded_up(std::uint32_t number, std::uint32_t multiple) {
  return (number + multiple - 1) / multiple * multiple;
}

/// Moves the entries [begin, end) of a column to where the place `to` is, which is no later.
template <typename T>
void move_column(std::vector<T>& column, std::uint32_t begin, std::uint32_t end, std::uint32_t to) {
  if (begin != to) std::copy(column.begin() + begin, column.begin() + end, column.begin() + to);
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
  copy_ = 0;
  absent_ = 0;
  marked_ = false;
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
  known_.resize(drawn);
  drawn_.resize(drawn);
}

void Batch::drop(std::span<const std::uint8_t> marks) {
  std::uint32_t kept = 0;
  std::uint32_t next = 0;
  const auto keep_until = [&](std::uint32_t end) {
    move_column(from_, next, end, kept);
    move_column(at_, next, end, kept);
    move_column(life_, next, end, kept);
    kept += end - next;
    next = end + 1;
  };
  for_each_nonzero(marks, [&](std::size_t burst) { keep_until(static_cast<std::uint32_t>(burst)); });
  keep_until(bursts_);
  bursts_ = kept;
}

void Batch::seal() {
  for (std::uint32_t slot = 0; slot < fanout_; ++slot) {
    std::ranges::fill(delay(slot), 0U);
    std::ranges::fill(fate(slot), kGoesOn);
  }
}

void Batch::copy(const Batch& of, std::span<const std::uint8_t> picked, std::uint32_t number) {
  HEARSAY_CHECK(number != 0 && picked.size() == std::size_t{of.bursts_} * of.fanout_, "no copies");
  start(of.slot_, of.version_, of.round_, of.fanout_);
  copy_ = number;
  std::vector<std::uint32_t> places;  // in `of`, of the bursts here
  for (std::uint32_t burst = 0; burst < of.bursts_; ++burst) {
    bool any = false;
    for (std::uint32_t slot = 0; slot < fanout_; ++slot)
      any = any || picked[std::size_t{slot} * of.bursts_ + burst] != 0;
    if (!any) continue;
    add(of.from_[burst], of.life_[burst], of.at_[burst]);
    places.push_back(burst);
  }
  seal();
  for (std::uint32_t slot = 0; slot < fanout_; ++slot)
    for (std::uint32_t burst = 0; burst < bursts_; ++burst) {
      const std::uint32_t place = places[burst];
      to(slot)[burst] = of.to(slot)[place];
      delay(slot)[burst] = of.delay(slot)[place];
      if (picked[std::size_t{slot} * of.bursts_ + place] == 0) {
        fate(slot)[burst] = kAbsent;
        ++absent_;
      } else if (const auto marks = static_cast<Marks>(of.marks(slot, place) & ~kHeld)) {
        mark(slot, burst, marks);
      }
    }
}

void Batch::mark(std::uint32_t slot, std::uint32_t burst, Marks marks) {
  if (!marked_) {
    marks_.assign(std::size_t{stride_} * fanout_, 0);
    marked_ = true;
  }
  Marks& its = marks_[std::size_t{slot} * stride_ + burst];
  its = static_cast<Marks>(its | marks);
}

void Batch::draw(const Key& key) {
  Key versioned = key.with(static_cast<std::uint64_t>(version_));
  if (copy_ != 0) versioned = versioned.with(copy_);
  for (std::uint32_t first = 0; first < fanout_; first += kWords) {
    std::array<std::uint32_t*, kWords> columns = {};
    for (std::uint32_t slot = first; slot < std::min(first + kWords, fanout_); ++slot)
      columns[slot - first] = drawn_.data() + std::size_t{slot} * stride_;
    versioned.blocks(bursts_, from_.data(), life_.data(), round_, first / kWords, columns);
  }
}

}  // namespace hearsay
