#include "core/nodes.hpp"

#include "base/check.hpp"

namespace hearsay::core {

bool Nodes::take_down(NodeId node) {
  if (!is_up(node)) return false;
  touch(node);
  down_.set(node);
  ++downs_;
  return true;
}

bool Nodes::bring_up(NodeId node) {
  if (is_up(node)) return false;
  down_.clear(node);
  --downs_;
  return true;
}

void Nodes::pause(NodeId node) {
  if (pauses_.empty()) pauses_.resize(nodes_);
  ++pauses_[node];
  update_attention(node);
}

void Nodes::resume(NodeId node) {
  HEARSAY_CHECK(is_paused(node), "a node that is not paused cannot go on");
  --pauses_[node];
  update_attention(node);
}

void Nodes::touch(NodeId node) {
  any_touched_ = true;
  touched_.set(node);
}

void Nodes::update_attention(NodeId node) {
  touch(node);
  if (inattentive_.empty()) inattentive_ = Bits(nodes_);
  const bool attended = !inattentive_.test(node);
  const bool attends = !is_paused(node);
  if (attended == attends) return;
  if (attends) {
    inattentive_.clear(node);
    --inattentive_count_;
  } else {
    inattentive_.set(node);
    ++inattentive_count_;
  }
}

}  // namespace hearsay::core
