#include "sim/queue.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "base/check.hpp"

namespace hearsay::sim {
namespace {

constexpr std::size_t kMarksInWord = 64;
constexpr std::size_t kLine = 64 / sizeof(Arrival);  // of cache

}  // namespace

Queue::Queue(unsigned window_bits) : window_bits_(window_bits), near_(kNear), marks_(kNear / kMarksInWord) {
  HEARSAY_CHECK((std::uint64_t{1} << window_bits) - 1 <= Arrival::kMostOffset, "windows are too long");
}

void Queue::push(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    push(batch.slot(), batch.bursts(), batch.at().data(), batch.to(slot).data(), batch.delay(slot).data(),
         batch.fate(slot).data());
}

// What does not go on is written too, and then overwritten: cheaper than a branch that nobody can foresee.
void Queue::push(Slot slot, std::size_t count, const Tick* at, const NodeId* to, const std::uint32_t* delay,
                 const Fate* fate) {
  Arrival** const near = near_.data();
  const unsigned bits = window_bits_;
  const Window near_end = now_ + kNear;
  const Tick within = (Tick{1} << bits) - 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Tick due = at[i] + delay[i];
    const Window window = due >> bits;
    const bool goes_on = fate[i] == kGoesOn;
    if (window >= near_end) [[unlikely]] {
      if (goes_on) far_[window / kNear].push_back({due, Arrival(0, slot, to[i])});
      continue;
    }
    Arrival*& next = near[place_of(window)];
    Arrival* const here = at_end(next) ? grow(window) : next;
    __builtin_prefetch(here + kLine, 1);
    *here = Arrival(static_cast<std::uint32_t>(due & within), slot, to[i]);
    next = here + goes_on;
  }
}

// A part of the far future has become near.
void Queue::pour() {
  while (!far_.empty() && far_.begin()->first <= now_ / kNear) {
    const std::vector<Far> come = std::move(far_.begin()->second);
    far_.erase(far_.begin());
    for (const Far& far : come) {
      const NodeId to = far.arrival.to();
      constexpr std::uint32_t kNoDelay = 0;
      push(far.arrival.slot(), 1, &far.due, &to, &kNoDelay, &kGoesOn);
    }
  }
}

Queue::Chunk* Queue::chunk_of(Arrival* next) {
  const std::uintptr_t used = (reinterpret_cast<std::uintptr_t>(next) - 1) % sizeof(Chunk) + 1;
  return reinterpret_cast<Chunk*>(reinterpret_cast<char*>(next) - used);
}

// A new chunk for the window; what it gives is not yet in it.
Arrival* Queue::grow(Window window) {
  if (spare_ == nullptr) add_slab();
  Arrival* const full = near_[place_of(window)];
  Chunk* chunk = spare_;
  spare_ = chunk->older;
  chunk->older = full == nullptr ? nullptr : chunk_of(full);
  mark(window, true);
  return chunk->arrivals.data();
}

void Queue::add_slab() {
  slabs_.push_back(std::make_unique_for_overwrite<Slab>());
  for (Chunk& chunk : *slabs_.back()) chunk.older = std::exchange(spare_, &chunk);
}

bool Queue::marked(Window window) const {
  const auto place = place_of(window);
  return (marks_[place / kMarksInWord] >> (place % kMarksInWord) & 1) != 0;
}

void Queue::mark(Window window, bool on) {
  const auto place = place_of(window);
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
    mark(now_, false);
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
    Chunk* chunk = given_;
    given_ = chunk->older;
    chunk->older = spare_;
    spare_ = chunk;
  }
}

void Queue::take_bucket(Window window) {
  Arrival* end = std::exchange(near_[place_of(window)], nullptr);
  if (end == nullptr) return;
  given_ = chunk_of(end);
  for (const Chunk* chunk = given_; chunk != nullptr; chunk = chunk->older) {
    const Arrival* begin = chunk->arrivals.data();
    spans_.emplace_back(begin, chunk == given_ ? end : begin + Chunk::kRoom);
  }
}

// Moves what a window holds to where it can be taken in order of time.
void Queue::open(Window window) {
  if (opened_ != window) rest_.clear();
  opened_ = window;
  if (!marked(window)) return;
  give_back();
  take_bucket(window);
  mark(window, false);
  for (const auto span : spans_)
    for (const Arrival arrival : span) {
      rest_.push_back(arrival);
      std::push_heap(rest_.begin(), rest_.end(), std::greater<>());
    }
  give_back();
}

}  // namespace hearsay::sim
