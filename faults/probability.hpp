#pragma once

#include <cstdint>
#include <optional>

#include "base/batch.hpp"
#include "base/random.hpp"
#include "faults/fault.hpp"
#include "faults/strength.hpp"

namespace hearsay::faults {

/// The chance with which a fault hits a message, independently of all others.
class Probability {
 public:
  /// The share that `setting` has under "probability".
  explicit Probability(const Setting& setting);

  /// Marks in `hits` those of the eligible messages that are hit, by what `key` draws for each. Returns how
  /// many they are.
  std::uint64_t draw(Batch& batch, const Key& key, const Eligible& eligible, Eligible& hits) const;

  bool never() const { return share_.most() == 0; }
  bool constant() const { return share_.constant(); }

  /// The share; nothing where it changes.
  std::optional<double> chance() const { return constant() ? std::optional(share_.most()) : std::nullopt; }

 private:
  std::uint64_t draw_ramped(const Batch& batch, const Eligible& eligible, Eligible& hits) const;

  Strength share_;
  Chance chance_;
};

/// A kind that hits each eligible message by its `probability`, and what becomes of those that are hit.
class ChanceFault : public MessageFault {
 public:
  explicit ChanceFault(const Setting& setting) : key_(setting.key), probability_(setting) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects& effects) final;
  bool off() const override { return probability_.never(); }
  std::optional<double> chance() const override { return probability_.chance(); }
  bool independent() const override { return probability_.constant(); }

 protected:
  const Key& key() const { return key_; }

  /// Does to the messages that are marked what the kind does: at least one.
  virtual void hit(Batch& batch, const Eligible& hits, Fate mine, Effects& effects) = 0;

 private:
  Key key_;
  Probability probability_;
  Eligible hits_;
};

/// Takes the marked messages of a batch.
void take(Batch& batch, const Eligible& hits, Fate mine);

/// Gives those that are marked in `hits` these marks.
void mark(Batch& batch, const Eligible& hits, Marks marks);

}  // namespace hearsay::faults
