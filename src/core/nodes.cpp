#include "core/nodes.hpp"

namespace hearsay::core {

bool Nodes::take_down(NodeId node) {
  if (!is_up(node)) return false;
  touch(node);
  down_.set(node);
  ++downs_;
  return true;
}

bool Nodes::bring_up(NodeId node, Tick at) {
  if (is_up(node)) return false;
  down_.clear(node);
  --downs_;
  counts_from_.put(node, at);
  return true;
}

void Nodes::touch(NodeId node) {
  anyone_touched_ = true;
  touched_.set(node);
}

}  // namespace hearsay::core
