#pragma once

// The plainest world there can be: virtual time, and one heap of arrivals. It keeps what it sees, for tests
// to look at.

#include <queue>
#include <string>
#include <tuple>
#include <vector>

#include "core/driver.hpp"
#include "core/inbox.hpp"
#include "tests/support/written.hpp"

namespace hearsay::core {

/// A message as it was sent.
struct Message {
  Tick at;
  Version version;
  NodeId from;
  Life life;
  Round round;
  NodeId to;
  Fate fate;
  std::uint32_t delay;

  bool goes_on() const { return fate == kGoesOn; }
};

/// A node went down or came up.
struct Change {
  Tick at;
  NodeId node;
  bool up;

  friend bool operator==(const Change&, const Change&) = default;
};

/// What an observer was told of a learning.
struct Learned {
  Tick at;
  Version version;
  NodeId holders;
  bool commits;
};

class VirtualWorld final : private World, private Observer {
 public:
  /// Messages take 1 ms unless the scenario says otherwise.
  explicit VirtualWorld(scenario::Scenario scenario);
  explicit VirtualWorld(const std::string& toml) : VirtualWorld(testing::written(toml)) {}

  Driver& driver() { return driver_; }
  Tick now() const { return now_; }

  /// Lets everything happen that happens at `until` or before.
  void pass(Tick until);

  /// Runs to the end, as a world does, and gives what was measured.
  measure::Outcome run();

  /// Ends the run here, as an interruption does.
  measure::Outcome interrupt() { return driver_.finish(now_, true); }

  /// A foreign client tells a node that is up. Returns whether it learned it; the version must be admitted.
  bool foreign(Version version, NodeId node);

  const std::vector<Message>& sent() const { return sent_; }
  const std::vector<Learned>& learnings() const { return learned_; }
  const std::vector<Version>& publishes() const { return published_; }

  const std::vector<Change>& changes() const { return changes_; }

  /// Whether anything waits at nodes that do not attend to it.
  bool waiting() const { return !inbox_.empty(); }

 private:
  using Due = std::tuple<Tick, Slot, NodeId>;

  void happen(std::span<Tick>) override {}
  void carry(const Batch& batch) override;
  void went_down(NodeId node) override;
  void came_up(NodeId node) override { changes_.push_back({now_, node, true}); }
  void attention_changed(NodeId node, Tick now) override { inbox_.attention_changed(node, now); }
  void published(Version version) override { published_.push_back(version); }
  void learned(Version version, NodeId holders, bool commits) override;

  Tick next() const;
  void instant(Tick at);
  void arrive(Slot slot, NodeId to);

  scenario::Scenario scenario_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> arrivals_;
  Tick now_ = 0;
  std::vector<Message> sent_;
  std::vector<Learned> learned_;
  std::vector<Version> published_;
  std::vector<Change> changes_;
  std::vector<std::pair<Slot, NodeId>> lost_;  // waited at nodes that went down just now
  Driver driver_;
  Inbox<Slot> inbox_;
};

}  // namespace hearsay::core
