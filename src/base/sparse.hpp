#pragma once

#include <unordered_map>

#include "base/bits.hpp"
#include "base/ids.hpp"

namespace hearsay {

/// A value for each node, of which few have one that is not T(). One bit a node, so that asking is cheap.
template <typename T>
class Sparse {
 public:
  explicit Sparse(NodeId nodes) : set_(nodes) {}

  T operator[](NodeId node) const { return set_.test(node) ? values_.find(node)->second : T(); }
  bool has(NodeId node) const { return set_.test(node); }
  bool empty() const { return values_.empty(); }

  void put(NodeId node, T value) {
    set_.set(node);
    values_[node] = value;
  }

 private:
  Bits set_;
  std::unordered_map<NodeId, T> values_;  // looked up only, never iterated
};

}  // namespace hearsay
