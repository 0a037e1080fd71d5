#include "sim/queue.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "base/check.hpp"
#include "base/fetch.hpp"

namespace hearsay::sim {
namespace {

constexpr std::size_t kMarksInWord = 64;
constexpr std::size_t kLine = kCacheLine / sizeof(Arrival);

}  // namespace

Queue::Queue(unsigned window_bits) : window_bits_(window_bits), near_(kNear), marks_(kNear / kMarksInWord) {
  HEARSAY_CHECK((std::uint64_t{1} << window_bits) - 1 <= Arrival::kMostOffset, "windows are too long");
}

void Queue::push(Slot slot, std::span<const core::Flight> flights) {
  const Tick near_end = (now_ + kNear) << window_bits_;
  for (const core::Flight flight : flights) {
    if (flight.due >= near_end) [[unlikely]] {
      far_[window_of(flight.due) / kNear].push_back({slot, flight});
      continue;
    }
    const std::size_t place = place_of(window_of(flight.due));
    Arrival*& next = near_[place];
    if (at_end(next)) [[unlikely]]
      next = grow(place);
    __builtin_prefetch(next + kLine, 1);
    *next++ = Arrival(static_cast<std::uint32_t>(flight.due - begin_of(flight.due)), slot, flight.to);
  }
}

// A part of the far future has become near.
void Queue::pour() {
  while (!far_.empty() && far_.begin()->first <= now_ / kNear) {
    const std::vector<Far> come = std::move(far_.begin()->second);
    far_.erase(far_.begin());
    for (const Far& far : come) push(far.slot, {&far.flight, 1});
  }
}

Queue::Chunk* Queue::chunk_of(Arrival* next) {
  const std::uintptr_t used = (reinterpret_cast<std::uintptr_t>(next) - 1) % sizeof(Chunk) + 1;
  return reinterpret_cast<Chunk*>(reinterpret_cast<char*>(next) - used);
}

// A new chunk for the windows of a place; what it gives is not yet in it.
Arrival* Queue::grow(std::size_t place) {
  Arrival* const full = near_[place];
  Chunk* const chunk = pool_.get();
  chunk->older = full == nullptr ? nullptr : chunk_of(full);
  mark(place, true);
  return chunk->arrivals.data();
}

bool Queue::marked(std::size_t place) const {
  return (marks_[place / kMarksInWord] >> (place % kMarksInWord) & 1) != 0;
}

void Queue::mark(std::size_t place, bool on) {
  const std::uint64_t bit = std::uint64_t{1} << (place % kMarksInWord);
  if (on)
    marks_[place / kMarksInWord] |= bit;
  else
    marks_[place / kMarksInWord] &= ~bit;
}

Tick Queue::next() {
  if (opened_ == now_) {
    open(now_);
    if (!rest_.empty()) return (now_ << window_bits_) + rest_.front().offset();
  }
  const Window far = far_.empty() ? kNever >> window_bits_ : far_.begin()->first * kNear;
  const Window last = std::min(far, now_ + kNear);
  for (Window window = now_; window < last;) {
    const auto place = place_of(window);
    const std::uint64_t word = marks_[place / kMarksInWord] >> (place % kMarksInWord);
    if (word != 0) {
      window += std::countr_zero(word);
      return std::min(window, last) << window_bits_;
    }
    window += static_cast<Window>(kMarksInWord - place % kMarksInWord);
  }
  return far_.empty() ? kNever : far << window_bits_;
}

std::span<const std::span<const Arrival>> Queue::take(Tick last) {
  give_back();
  now_ = window_of(last);
  pour();
  if (last == end_of(last)) {
    if (opened_ == now_ && !rest_.empty()) {
      taken_.swap(rest_);
      spans_.emplace_back(taken_);
    }
    take_bucket(now_);
    mark(place_of(now_), false);
    return spans_;
  }
  open(now_);
  const auto offset = static_cast<std::uint32_t>(last - begin_of(last));
  while (!rest_.empty() && rest_.front().offset() <= offset) {
    taken_.push_back(rest_.front());
    std::pop_heap(rest_.begin(), rest_.end(), std::greater<>());
    rest_.pop_back();
  }
  if (!taken_.empty()) spans_.emplace_back(taken_);
  return spans_;
}

void Queue::give_back() {
  spans_.clear();
  taken_.clear();
  while (given_ != nullptr) {
    pool_.put(given_);
    given_ = given_->older;
  }
}

void Queue::take_bucket(Window window) {
  Arrival* end = std::exchange(near_[place_of(window)], nullptr);
  if (end == nullptr) return;
  given_ = chunk_of(end);
  for (const Chunk* chunk = given_; chunk != nullptr; chunk = chunk->older) {
    fetch(*chunk);
    const Arrival* begin = chunk->arrivals.data();
    spans_.emplace_back(begin, chunk == given_ ? end : begin + Chunk::kRoom);
  }
}

// Moves what a window holds to where it can be taken in order of time.
void Queue::open(Window window) {
  if (opened_ != window) rest_.clear();
  opened_ = window;
  if (!marked(place_of(window))) return;
  give_back();
  take_bucket(window);
  mark(place_of(window), false);
  for (const auto span : spans_)
    for (const Arrival arrival : span) {
      rest_.push_back(arrival);
      std::push_heap(rest_.begin(), rest_.end(), std::greater<>());
    }
  give_back();
}

}  // namespace hearsay::sim
