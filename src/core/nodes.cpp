#include "core/nodes.hpp"

#include <functional>
#include <numeric>

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

void Nodes::slow(NodeId node, faults::Slowness& by) {
  slow_[node].push_back(&by);
  update_attention(node);
}

void Nodes::unslow(NodeId node, faults::Slowness& by) {
  std::vector<faults::Slowness*>& all = slow_.at(node);
  all.erase(std::find(all.begin(), all.end(), &by));
  if (all.empty()) slow_.erase(node);
  update_attention(node);
}

Duration Nodes::next_takes(NodeId node, Tick at) const {
  Duration sum = 0;
  for (faults::Slowness* slowness : slow_.at(node)) sum += slowness->takes(node, at);
  return sum;
}

void Nodes::skew(NodeId node, double factor) {
  touch(node);
  count_speed(node, false);
  std::vector<double>& all = factors_[node];
  all.insert(std::upper_bound(all.begin(), all.end(), factor), factor);
  count_speed(node, true);
}

void Nodes::unskew(NodeId node, double factor) {
  count_speed(node, false);
  std::vector<double>& all = factors_.at(node);
  all.erase(std::find(all.begin(), all.end(), factor));
  if (all.empty()) factors_.erase(node);
  count_speed(node, true);
}

// The product is of the factors in order of size, so that no other order can round it otherwise.
double Nodes::speed(NodeId node) const {
  const auto found = factors_.find(node);
  if (found == factors_.end()) return 1;
  return std::accumulate(found->second.begin(), found->second.end(), 1.0, std::multiplies<>());
}

void Nodes::count_speed(NodeId node, bool comes) {
  if (!factors_.contains(node)) return;
  NodeId& count = speeds_[speed(node)];
  comes ? ++count : --count;
  if (count == 0) speeds_.erase(speed(node));
}

void Nodes::touch(NodeId node) {
  any_touched_ = true;
  touched_.set(node);
}

void Nodes::update_attention(NodeId node) {
  touch(node);
  if (inattentive_.empty()) inattentive_ = Bits(nodes_);
  const bool attended = !inattentive_.test(node);
  const bool attends = !is_paused(node) && !is_slow(node);
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
