#pragma once

// Messages on their way, by when they are due: a calendar of windows, each of a power of two of microseconds.
// What is due in one window is kept in no order, since a world that takes a whole window needs none.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/arrival.hpp"
#include "base/pool.hpp"
#include "base/time.hpp"
#include "core/foresight.hpp"

namespace hearsay::sim {

class Queue {
 public:
  /// Windows of 2^window_bits microseconds, at most those of an Arrival's offset.
  explicit Queue(unsigned window_bits);

  /// Takes in messages of one version. None may be due before what was taken.
  void push(Slot slot, std::span<const core::Flight> flights);

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

  // Aligned to its size, so that the end of a chunk shows in the address of its last arrival.
  struct alignas(4096) Chunk {
    static constexpr std::size_t kRoom = 511;
    Chunk* older;
    std::array<Arrival, kRoom> arrivals;
  };

  struct Far {
    Slot slot;
    core::Flight flight;
  };

  Window window_of(Tick at) const { return at >> window_bits_; }
  static std::size_t place_of(Window window) { return static_cast<std::size_t>(window) % kNear; }
  static bool at_end(const Arrival* next) {
    return reinterpret_cast<std::uintptr_t>(next) % sizeof(Chunk) == 0;
  }
  static Chunk* chunk_of(Arrival* next);
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
