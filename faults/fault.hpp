#pragma once

// What a kind of fault is made of. A fault judges; the world acts.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/random_duration.hpp"
#include "base/time.hpp"
#include "faults/effects.hpp"
#include "faults/node_control.hpp"
#include "scenario/reader.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// What a fault is made from: its rule, as written, and the run it is for.
struct Setting {
  const scenario::Fault& rule;
  Key key;  ///< of everything this fault draws: seed and name
  NodeId nodes;
  std::uint64_t seed;
  Tick since = 0;  ///< what it would have done to nodes before, it does not do
};

/// Which messages of a batch a fault is to judge, laid out as the columns of the batch: 1 for those that
/// still go on, match the fault's selectors and are sent in its window.
class Eligible {
 public:
  /// Marks nothing.
  void reset(const Batch& batch);

  /// Has a mark for each message, which is yet to be written.
  void lay_out(const Batch& batch);

  /// Unmarks what does not go on.
  void keep_going_on(const Batch& batch);

  std::span<std::uint8_t> column(std::uint32_t slot) {
    return {marks_.data() + std::size_t{slot} * bursts_, bursts_};
  }
  std::span<const std::uint8_t> column(std::uint32_t slot) const {
    return {marks_.data() + std::size_t{slot} * bursts_, bursts_};
  }

  /// All columns, one behind the other.
  std::span<const std::uint8_t> all() const { return marks_; }

 private:
  std::uint32_t bursts_ = 0;
  std::vector<std::uint8_t> marks_;
};

/// What a fault needs of the order in which messages reach it.
enum class Order : std::uint8_t {
  none,     ///< nothing: each is judged for itself
  by_time,  ///< it remembers: messages must come in order of time, then of identity, in batches of one burst
  by_instant,  ///< and all that happened before an instant must be known when its messages come
};

/// A fault that decides about messages.
class MessageFault {
 public:
  virtual ~MessageFault() = default;

  /// Judges the eligible messages: sets the fate of those it takes to `mine`, adds to the delay of those it
  /// holds back, marks those it changes, makes copies by way of `effects`. Returns how many it hit.
  virtual std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects& effects) = 0;

  /// Set to do nothing, whatever comes.
  virtual bool off() const = 0;

  /// Whether it holds messages back.
  virtual bool delays() const { return false; }

  virtual Order order() const { return Order::none; }

  /// After how long, at the least, it does something by itself to a message that it judged; kNever: it does
  /// not.
  virtual Duration acts_after() const { return kNever; }

  /// Eligible messages pass that it must no longer hit: its limit is used up.
  virtual void let_pass(Batch& /*batch*/, const Eligible& /*eligible*/, Effects& /*effects*/) {}

  /// Whether it is about fewer messages than its window and its selectors say; then `narrow` unmarks the
  /// others. `openings`: by burst, into which opening of the window it falls.
  virtual bool narrows() const { return false; }
  virtual void narrow(const Batch& /*batch*/, std::span<const std::uint64_t> /*openings*/,
                      const Effects& /*effects*/, Eligible& /*eligible*/) {}

  /// Whether it draws something that all versions of a run share.
  virtual bool shared() const { return false; }

  /// The configured chance that an eligible message is hit; nothing: there is none, all of them are.
  virtual std::optional<double> chance() const { return {}; }

  /// Whether each eligible message is hit by that chance whatever becomes of the others. Their number is then
  /// binomial, and results are held to that.
  virtual bool independent() const { return false; }
};

/// A fault that acts on nodes at instants of its own.
class NodeFault {
 public:
  virtual ~NodeFault() = default;

  /// The next instant at which it undoes or does something; kNever: none.
  virtual Tick next() const = 0;

  /// Undoes what ends at `now` or before. Inside an instant this comes first. At kNever: all that it did.
  virtual void heal(Tick now, NodeControl& control) = 0;

  /// Does what begins at `now` or before. Returns on how many nodes it acted.
  virtual std::uint64_t act(Tick now, NodeControl& control) = 0;

  /// On how many of the nodes that it acted on it still does, until it heals.
  virtual std::uint64_t holding() const { return 0; }

  /// Whether it may still take nodes down.
  virtual bool kills() const { return false; }

  /// Set to do nothing.
  virtual bool off() const { return false; }

  /// Whether it draws something that all versions of a run share.
  virtual bool shared() const = 0;
};

/// The longest of random durations.
struct Longest {
  Duration duration = 0;
  bool bounded = true;  ///< by who wrote them, not only by what can be drawn

  static Longest of(const DurationModel& model) {
    return {RandomDuration(model).most(), model.high != kNever};
  }
};

/// A kind of fault: what may be written, and how one is made. One of the makers is null.
struct Kind {
  scenario::FaultKind known;
  /// How long a rule of this kind delays messages at most; null: it does not.
  Longest (*longest_delay)(const scenario::Fault& rule) = nullptr;
  /// The keys that say so: errors are placed at the first of them that is written.
  std::vector<std::string_view> delay_keys = {};
  std::unique_ptr<MessageFault> (*on_messages)(const Setting& setting);
  std::unique_ptr<NodeFault> (*on_nodes)(const Setting& setting);
};

}  // namespace hearsay::faults
