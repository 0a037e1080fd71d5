// The commit counter against sets that are looked through anew at each instant.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <vector>

#include "measure/ledger.hpp"

namespace hearsay::measure {
namespace {

constexpr NodeId kNodes = 4;
constexpr Duration kShortDeadline = 25;

class Model {
 public:
  explicit Model(Required required) : required_(required) {
    for (NodeId node = 0; node < kNodes; ++node) up_.insert(node);
  }

  void open(Tick published) { versions_.push_back({.published = published}); }
  bool is_up(NodeId node) const { return up_.contains(node); }
  bool holds(Slot slot, NodeId node) const { return versions_[slot].holders.contains(node); }

  void learn(Slot slot, NodeId node) { versions_[slot].holders.insert(node); }
  void wipe(NodeId node) {
    for (Entry& version : versions_) version.holders.erase(node);
  }
  void turn(NodeId node) {
    if (up_.erase(node) == 0) up_.insert(node);
  }

  void commit(Tick at) {
    for (Entry& version : versions_)
      if (version.committed == kNever && at <= version.published + kShortDeadline && required() > 0 &&
          holding(version) == required())
        version.committed = at;
  }

  void expect(Slot slot, const VersionRecord& record) const {
    RC_ASSERT(record.committed == versions_[slot].committed);
    RC_ASSERT((record.end == End::committed) == (record.committed != kNever));
    RC_ASSERT(record.required == required());
    RC_ASSERT(record.holding == holding(versions_[slot]));
  }

 private:
  struct Entry {
    Tick published = 0;
    Tick committed = kNever;
    std::set<NodeId> holders = {};
  };

  bool must_hold(NodeId node) const { return required_ == Required::every_node || is_up(node); }
  std::size_t required() const { return required_ == Required::every_node ? kNodes : up_.size(); }
  std::size_t holding(const Entry& version) const {
    std::size_t count = 0;
    for (const NodeId node : version.holders) count += must_hold(node) ? 1 : 0;
    return count;
  }

  Required required_;
  std::set<NodeId> up_;
  std::vector<Entry> versions_;
};

/// Ledger and model, told the same.
class Both {
 public:
  explicit Both(Required required) : ledger_(kNodes, required, kShortDeadline), model_(required) {}

  void open(Tick now) {
    ledger_.open(static_cast<Version>(ledger_.opened()) + 1, now, now);
    model_.open(now);
  }

  void tell(Slot slot, NodeId node, Tick now) {
    if (!model_.is_up(node) || model_.holds(slot, node)) return;
    ledger_.learned(slot, node, now);
    model_.learn(slot, node);
    model_.commit(now);
  }

  void turn(NodeId node) {
    model_.is_up(node) ? ledger_.down(node, 0) : ledger_.up(node, 0);
    model_.turn(node);
  }

  void wipe(NodeId node) {
    ledger_.wiped(node);
    model_.wipe(node);
  }

  void changed(Tick now) {
    ledger_.commit_due(now);
    model_.commit(now);
  }

  void expect_equal(Tick now) {
    Outcome outcome;
    ledger_.close(now, false, outcome);
    for (Slot slot = 0; slot < outcome.versions.size(); ++slot) model_.expect(slot, outcome.versions[slot]);
  }

 private:
  Ledger ledger_;
  Model model_;
};

void step(Both& both, Tick now) {
  const auto node = *rc::gen::inRange<NodeId>(0, kNodes);
  switch (*rc::gen::weightedElement<int>({{8, 0}, {2, 1}, {1, 2}, {1, 3}})) {
    case 0:
      return both.tell(*rc::gen::inRange<Slot>(0, 2), node, now);
    case 1:
      both.turn(node);
      break;
    case 2:
      both.wipe(node);
      break;
    default:
      both.turn(node);
      both.turn((node + 1) % kNodes);
      break;
  }
  both.changed(now);
}

RC_GTEST_PROP(Ledger, CommitsAsAModelOfPlainSetsDoes, ()) {
  Both both(*rc::gen::element(Required::every_node, Required::nodes_up));
  both.open(0);
  both.open(5);
  const Tick end = *rc::gen::inRange(1, 60);
  for (Tick now = 6; now < end; ++now) step(both, now);
  both.expect_equal(end);
}

}  // namespace
}  // namespace hearsay::measure
