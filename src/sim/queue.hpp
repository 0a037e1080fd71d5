#pragma once

// Messages on their way, by when they are due: a calendar of windows, each of a power of two of microseconds.
// What is due in one window is kept in no order, since a world that takes a whole window needs none.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/pool.hpp"
#include "base/time.hpp"

namespace hearsay::sim {

class Queue {
 public:
  /// Windows of 2^window_bits microseconds, at most those of an Arrival's offset.
  explicit Queue(unsigned window_bits);

  /// Takes in the messages of a judged batch that go on. None may be due before what was taken.
  void push(const Batch& batch);

  /// Nothing is due before this; kNever: nothing is due at all.
  Tick next();

  /// Takes all that is due at `last` or before, which must be of the window that `last` is in: spans that are
  /// good until take or next is called. Offsets count from the beginning of that window.
  std::span<const std::span<const Arrival>> take(Tick last);

  /// The first and the last instant of the window that `at` is in.
  Tick begin_of(Tick at) const { return at >> window_bits_ << window_bits_; }
  Tick end_of(Tick at) const { return begin_of(at) + (Tick{1} << window_bits_) - 1; }

 private:
  using Window = std::int64_t;  // its number: instants / length
  static constexpr unsigned kNearBits = 10;
  static constexpr Window kNear = Window{1} << kNearBits;
  static constexpr std::uint32_t kFar = kNear;  // the place of all windows that are not near

  // Aligned to its size, so that the end of a chunk shows in the address of its last arrival.
  struct alignas(4096) Chunk {
    static constexpr std::size_t kRoom = 511;
    Chunk* older;
    std::array<Arrival, kRoom> arrivals;
  };

  struct Far {
    Tick due;
    Arrival arrival;  // without an offset
  };

  /// Messages in one slot of a batch.
  struct Column {
    std::size_t count;
    const Tick* at;
    const NodeId* to;
    const std::uint32_t* delay;
    const Fate* fate;
  };

  Window window_of(Tick at) const { return at >> window_bits_; }
  static std::size_t place_of(Window window) { return static_cast<std::size_t>(window) % kNear; }
  static bool at_end(const Arrival* next) {
    return reinterpret_cast<std::uintptr_t>(next) % sizeof(Chunk) == 0;
  }
  static Chunk* chunk_of(Arrival* next);
  static void pack(const Column& column, Slot slot, unsigned window_bits, Tick near_end, Arrival* packed,
                   std::uint32_t* places);
  void push(Slot slot, const Column& column);
  void push_far(Tick due, Arrival arrival);
  void pour();
  Arrival* grow(std::size_t place);
  void open(Window window);
  void give_back();
  void take_bucket(Window window);
  bool marked(std::size_t place) const;
  void mark(std::size_t place, bool on);

  unsigned window_bits_;
  Window now_ = 0;              // the window that was taken from last
  std::vector<Arrival*> near_;  // by place: where the next one goes; null or the end of a chunk: nowhere yet
  std::array<Arrival, Batch::kMostBursts> packed_;  // for a column of messages
  std::array<std::uint32_t, Batch::kMostBursts> places_;
  std::vector<std::uint64_t> marks_;             // which buckets hold something
  std::map<Window, std::vector<Far>> far_;       // by number of the window / kNear
  Window opened_ = -1;                           // a window that was taken from in part, if now_
  std::vector<Arrival> rest_;                    // what is left of it, as a heap
  std::vector<Arrival> taken_;                   // from that heap
  std::vector<std::span<const Arrival>> spans_;  // what take() gave
  Chunk* given_ = nullptr;                       // the chunks behind them
  Pool<Chunk> pool_;                             // of all chunks there are
};

}  // namespace hearsay::sim
