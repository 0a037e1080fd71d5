#pragma once

// The commit counter and the account of messages: who learned what and when, which versions every node holds,
// and where each message went. It is told and believes; it never asks a world.

#include <cstdint>
#include <span>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/bits.hpp"
#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/sparse.hpp"
#include "base/time.hpp"
#include "measure/misses.hpp"
#include "measure/outcome.hpp"
#include "measure/recovery.hpp"
#include "measure/trace.hpp"

namespace hearsay::measure {

/// Which nodes must hold a version for it to be committed.
enum class Required {
  every_node,  ///< dead ones too
  nodes_up,    ///< those up at that instant, of which there must be one
};

class Ledger {
 public:
  /// All nodes are up and hold nothing. `deadline`: from a version's intended publish to the last instant at
  /// which a commit still counts. `trace` is told all that the ledger is told.
  Ledger(NodeId nodes, Required required, Duration deadline, const Trace& trace = Trace(false, nullptr));

  /// A version enters at `at` under the next slot; `intended` is when it should have been published.
  Slot open(Version version, Tick intended, Tick at);

  /// Nodes learned a version, in order of time, each `offset` after `base`. All must lack it and be up.
  /// Returns whether that committed it, which only the last of them can have done.
  bool learned(Tick base, std::span<const Arrival> of_one);

  /// The same for one of them, at `at`.
  bool learned(Slot slot, NodeId node, Tick at) {
    const Arrival learning(0, slot, node);
    return learned(at, {&learning, 1});
  }

  /// A node went down, came up, or forgot all it held and began its next life. Nothing is committed before
  /// `commit_due`.
  void down(NodeId node, Tick at);
  void up(NodeId node, Tick at);
  void wiped(NodeId node);

  /// Commits what the node changes of the instant `at` have committed: a dead node may have been the last one
  /// to lack a version. Called once all of an instant's changes are told.
  void commit_due(Tick at);

  /// Recovery is to be measured: `healed` will tell from when on. Nothing was opened yet.
  void ask_recovery() { recovery_.ask(); }

  /// The faults healed at `at`, and all of that instant's changes of nodes are told. At most once.
  void healed(Tick at);

  /// What had not settled at the last `commit_due`, in order of opening; some of it may have since.
  const std::vector<Slot>& unsettled() const { return unsettled_; }

  /// A judged batch, in which was looked up what is known, left its senders: what no fault took is in flight.
  void sent(const Batch& batch);

  /// Messages in flight were taken in by their receivers, each `offset` after `base`.
  void delivered(Tick base, std::span<const Arrival> arrivals);

  /// Messages of a batch in flight will certainly be taken in by their receivers, at `latest` or before,
  /// which is told ahead: `picked`, laid out as the columns of the batch without any room between, has a 1
  /// for each of them. The last message of their version that is in flight is none of them.
  void delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest);

  /// A garbled message in flight was taken in by its receiver, which rejected it.
  void rejected(Tick at, Arrival arrival);

  /// Messages in flight came to nothing.
  void failed(Tick base, std::span<const Arrival> arrivals);

  /// Versions of which nothing is in flight any more, since this was last asked.
  void take_landed(std::vector<Slot>& landed);

  /// A request of a foreign client; no message of ours.
  void foreign() { ++messages_.foreign; }

  /// The version's record is final as of `at`, or of the last that happened to it, if that was later; it must
  /// be committed, or unable to commit in time. At most once.
  void settle(Slot slot, Tick at);

  /// Nobody will learn a settled version any more: what it takes to know who holds it is given back, unless
  /// that is still needed.
  void release(Slot slot);

  /// Ends the run: settles what has not settled. When interrupted, what was published less than the deadline
  /// before `at` is open. Then moves the account, the versions and the digests to `outcome`.
  void close(Tick at, bool interrupted, Outcome& outcome);

  bool committed(Slot slot) const { return entries_[slot].record.committed != kNever; }
  bool settled(Slot slot) const { return entries_[slot].settled; }
  bool settled() const { return settled_ == entries_.size(); }  ///< all that were opened
  Tick last_settled() const { return last_settled_; }           ///< when the last one did; 0: none did
  Tick deadline(Slot slot) const { return entries_[slot].record.published + deadline_; }
  Version version(Slot slot) const { return entries_[slot].record.version; }
  NodeId holders(Slot slot) const { return entries_[slot].holders; }
  Tick last(Slot slot) const { return entries_[slot].last; }  ///< when a message of it last left or landed
  std::uint64_t in_flight(Slot slot) const { return entries_[slot].in_flight; }
  std::uint64_t in_flight() const { return messages_.in_flight; }
  Slot opened() const { return static_cast<Slot>(entries_.size()); }
  std::uint64_t sent() const { return messages_.sent; }
  const Messages& messages() const { return messages_; }  ///< so far, but for `delayed`
  std::uint64_t commits() const { return commits_; }

  Trace& trace() { return trace_; }

 private:
  static constexpr Fate kRefused = 0xFF;

  struct Entry {
    VersionRecord record;
    Bits held = {};  // empty once released
    NodeId holders = 0;
    NodeId lacking = 0;  // of the required nodes
    Tick last = 0;
    std::uint64_t in_flight = 0;
    Misses misses = {};
    bool settled = false;
  };

  bool is_up(NodeId node) const { return up_ == nodes_ || !down_.test(node); }
  bool must_hold(NodeId node) const { return required_ == Required::every_node || is_up(node); }
  NodeId required_nodes() const { return required_ == Required::every_node ? nodes_ : up_; }
  bool commit(Entry& entry, Tick at);
  std::uint64_t lacked(NodeId node) const;
  NodeId lacking_nodes(const Entry& entry) const;
  void digest_learned(Version version, Tick base, std::span<const Arrival> of_one);
  std::size_t in_one_life(std::span<const Arrival> learnings) const;
  template <typename Landed>
  void land(Tick base, std::span<const Arrival> arrivals, Landed landed);
  void miss(Entry& entry, const Batch& batch, std::uint32_t slot);
  void refuse(Entry& entry, std::span<const Arrival> of_one);
  void explain(Entry& entry) const;

  NodeId nodes_;
  Required required_;
  Duration deadline_;
  NodeId up_;
  Bits down_;
  std::vector<Entry> entries_;   // by slot
  std::vector<Slot> unsettled_;  // and those that settled since the last commit_due
  std::vector<Slot> held_;       // those not released
  std::vector<Slot> landed_;
  Sparse<Life> lives_;
  Tick last_settled_ = 0;
  std::size_t settled_ = 0;
  Messages messages_;
  std::uint64_t commits_ = 0;
  RecoveryMeter recovery_;
  Digest learned_;
  Trace trace_;
};

}  // namespace hearsay::measure
