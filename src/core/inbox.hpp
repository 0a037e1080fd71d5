#pragma once

// What waits at nodes that do not attend to it at once, and when each is handled.

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "core/nodes.hpp"

namespace hearsay::core {

/// A paused node handles nothing; what waited is handled when it goes on, in the order in which it came. A
/// slow node handles one thing after the other and takes its time over each; a pause meanwhile makes it no
/// shorter. A `Thing` is what a world knows of something that reached a node.
template <typename Thing>
class Inbox {
 public:
  /// `nodes` must outlive it.
  explicit Inbox(const Nodes& nodes) : nodes_(nodes) {}

  bool empty() const { return boxes_.empty(); }

  /// Something reached a node that is up and does not attend, no earlier than anything before.
  void put(NodeId node, Tick at, Thing thing) {
    Box& box = boxes_[node];
    box.waiting.push_back({at, std::move(thing)});
    if (box.waiting.size() == 1) begin(node, box, at);
  }

  /// From `at` on the node attends, or does not.
  void attention_changed(NodeId node, Tick at) {
    const auto found = boxes_.find(node);
    if (found == boxes_.end()) return;
    Box& box = found->second;
    if (!nodes_.is_slow(node)) box.left.reset();
    if (nodes_.is_paused(node)) {
      if (box.done == kNever) return;
      if (nodes_.is_slow(node)) box.left = std::max<Duration>(box.done - at, 0);
      return stop(node, box);
    }
    if (nodes_.is_slow(node) && box.done != kNever) return;
    stop(node, box);
    begin(node, box, at);
  }

  /// When the next thing is handled; kNever: nothing is.
  Tick next() const { return due_.empty() ? kNever : due_.begin()->first; }

  /// Hands over all that is handled at `until` or before, in order of time: calls `handle` with the node,
  /// when it does so, and the thing.
  template <typename Handle>
  void serve(Tick until, Handle handle) {
    while (next() <= until) {
      const auto [at, node] = *due_.begin();
      const auto found = boxes_.find(node);
      stop(node, found->second);
      Thing thing = std::move(found->second.waiting.front().thing);
      found->second.waiting.pop_front();
      if (found->second.waiting.empty())
        boxes_.erase(found);
      else
        begin(node, found->second, at);
      handle(node, at, std::move(thing));
    }
  }

  /// The node handles nothing any more: gives all that waits there to `lose`, in order.
  template <typename Lose>
  void clear(NodeId node, Lose lose) {
    const auto found = boxes_.find(node);
    if (found == boxes_.end()) return;
    stop(node, found->second);
    Box box = std::move(found->second);
    boxes_.erase(found);
    for (Waiting& waiting : box.waiting) lose(std::move(waiting.thing));
  }

 private:
  struct Waiting {
    Tick came;
    Thing thing;
  };
  struct Box {
    std::deque<Waiting> waiting;        // never empty
    Tick done = kNever;                 // when the first one is handled
    std::optional<Duration> left = {};  // how long that still takes, if a pause came in between
  };

  void begin(NodeId node, Box& box, Tick at) {
    if (nodes_.is_paused(node)) return;
    box.done = std::max(at, box.waiting.front().came);
    if (nodes_.is_slow(node)) box.done += box.left ? *box.left : nodes_.next_takes(node, box.done);
    box.left.reset();
    due_.emplace(box.done, node);
  }

  void stop(NodeId node, Box& box) { due_.erase({std::exchange(box.done, kNever), node}); }

  const Nodes& nodes_;
  std::unordered_map<NodeId, Box> boxes_;  // looked up only, never iterated
  std::set<std::pair<Tick, NodeId>> due_;
};

}  // namespace hearsay::core
