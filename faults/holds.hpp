#pragma once

// Messages that left their senders, as far as anyone can see, but wait for others to pass.

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::faults {

class Holds {
 public:
  /// Stands for a message that is held.
  using Number = std::uint64_t;

  /// From a fault: the message that is being judged is held until it is let go, and at the latest `until`.
  Number hold(Batch& batch, std::uint32_t slot, std::uint32_t burst, Tick until);

  /// From a fault: what this number stands for may go, at `at`. Nothing happens if it has gone, or was taken.
  void let_go(Number number, Tick at) { released_.emplace_back(number, at); }

  /// From who sends the batch: it is judged to the end. What is held in it is kept here.
  void keep(const Batch& judged);

  /// When the next one has waited long enough; kNever: none waits.
  Tick next() const { return untils_.empty() ? kNever : untils_.top().first; }

  /// Lets those go that have waited long enough at `now`.
  void pass(Tick now);

  /// Takes one that was let go out of here: into a batch of its own, as sent when it was let go. False: there
  /// is none left.
  bool depart(Batch& into);

  /// How many messages wait.
  std::size_t size() const { return waiting_.size(); }

 private:
  struct Judged {
    std::uint32_t slot;
    std::uint32_t burst;
    Number number;
    Tick until;
  };
  struct Held {
    Slot slot;
    Version version;
    Round round;
    NodeId from;
    Life life;
    NodeId to;
    std::uint32_t delay;
    Marks marks;
  };
  using Until = std::pair<Tick, Number>;

  void forget_gone();

  Number last_ = 0;
  std::vector<Judged> judged_;                // of the batch that is being judged
  std::unordered_map<Number, Held> waiting_;  // looked up only, never iterated
  std::priority_queue<Until, std::vector<Until>, std::greater<>> untils_;  // the top one waits
  std::vector<std::pair<Number, Tick>> released_;                          // in this order
  std::size_t departed_ = 0;                                               // of them
};

}  // namespace hearsay::faults
