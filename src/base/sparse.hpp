#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/bits.hpp"
#include "base/ids.hpp"

namespace hearsay {

/// A value for each node, of which few or none have one that was put. At most one bit a node, so that asking
/// is cheap; the values are in a table with open addressing, since one that is asked for is then found at
/// once.
template <typename T>
class Sparse {
 public:
  explicit Sparse(NodeId nodes) : nodes_(nodes) {}

  T operator[](NodeId node) const { return has(node) ? table_[place_of(node)].value : T(); }
  bool empty() const { return size_ == 0; }  ///< nobody has one
  bool has(NodeId node) const { return !empty() && set_.test(node); }

  void put(NodeId node, T value) {
    if (empty()) set_ = Bits(nodes_);
    if (!set_.test(node)) {
      set_.set(node);
      if (++size_ > table_.size() / 4 * 3) grow();
    }
    table_[place_of(node)] = {node, value};
  }

 private:
  struct Entry {
    NodeId node = kNobody;
    T value = T();
  };
  static constexpr NodeId kNobody = std::numeric_limits<NodeId>::max();
  static constexpr std::size_t kLeast = 16;

  /// Where the entry of a node is, or is to be.
  std::size_t place_of(NodeId node) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t place = node * std::uint64_t{0x9E3779B97F4A7C15} >> 32 & mask;
    while (table_[place].node != node && table_[place].node != kNobody) place = (place + 1) & mask;
    return place;
  }

  void grow() {
    std::vector<Entry> before(table_.empty() ? kLeast : 2 * table_.size());
    before.swap(table_);
    for (const Entry& entry : before)
      if (entry.node != kNobody) table_[place_of(entry.node)] = entry;
  }

  NodeId nodes_;
  Bits set_;  // empty as long as no node has a value
  std::size_t size_ = 0;
  std::vector<Entry> table_;  // as many as a power of two
};

}  // namespace hearsay
