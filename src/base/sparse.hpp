#pragma once

#include <unordered_map>

#include "base/bits.hpp"
#include "base/ids.hpp"

namespace hearsay {

/// A value for each node, of which few or none have one that was put. At most one bit a node, so that asking
/// is cheap.
template <typename T>
class Sparse {
 public:
  explicit Sparse(NodeId nodes) : nodes_(nodes) {}

  T operator[](NodeId node) const { return has(node) ? values_.find(node)->second : T(); }
  bool empty() const { return values_.empty(); }  ///< nobody has one
  bool has(NodeId node) const { return !values_.empty() && set_.test(node); }

  void put(NodeId node, T value) {
    if (values_.empty()) set_ = Bits(nodes_);
    set_.set(node);
    values_[node] = value;
  }

 private:
  NodeId nodes_;
  Bits set_;                              // empty as long as no node has a value
  std::unordered_map<NodeId, T> values_;  // looked up only, never iterated
};

}  // namespace hearsay
