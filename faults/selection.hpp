#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/batch.hpp"
#include "base/bits.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "faults/fault.hpp"
#include "scenario/selector.hpp"

namespace hearsay::faults {

/// The nodes that a selector of a fault means. A random one is drawn anew for each opening of the fault's
/// window, by (fault, field, opening): all nodes are ranked, and the first ones are meant, so that a greater
/// count contains a smaller one. A random group is drawn by its name alone.
class Selection {
 public:
  /// A selector of the fault of `setting`; `field` is the name of the parameter.
  Selection(const scenario::Selector& selector, const Setting& setting, std::string_view field);

  /// Whether it means every node and the initiator, always; whether chance decides whom it means.
  bool everyone() const { return selector_.kind == scenario::Selector::Kind::all; }
  bool random() const { return selector_.random(); }

  /// Whether it means `node`, or the initiator, in this opening.
  bool matches(NodeId node, std::uint64_t opening);

  /// Takes the marks from those of `nodes`, at most as many as a batch has bursts, that it does not mean in
  /// this opening.
  void mark(std::span<const NodeId> nodes, std::uint64_t opening, std::span<std::uint8_t> marks);

  /// The nodes it means in this opening, ascending.
  std::vector<NodeId> nodes(std::uint64_t opening);

 private:
  void resolve(std::uint64_t opening);
  void draw(const Key& key, std::uint32_t count);
  bool draw(const Key& key, std::uint32_t count, double doubt);
  std::uint32_t size(std::uint32_t count, double share) const;

  scenario::Selector selector_;
  Key key_;
  std::uint64_t seed_;
  NodeId nodes_;
  Bits chosen_;
  std::uint64_t resolved_;  // the opening that `chosen_` is of
};

}  // namespace hearsay::faults
