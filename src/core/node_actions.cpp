#include "core/node_actions.hpp"

namespace hearsay::core {

bool NodeActions::kill(NodeId node, bool wipe) {
  if (!nodes_.take_down(node)) return false;
  wakes_.went_down(node);
  ledger_.down(node, now_);
  if (wipe) {
    ledger_.wiped(node);
    population_.wipe(node);
  }
  world_.went_down(node);
  return true;
}

bool NodeActions::restart(NodeId node) {
  if (!nodes_.bring_up(node)) return false;
  wakes_.came_up(node, now_);
  ledger_.up(node, now_);
  world_.came_up(node);
  return true;
}

void NodeActions::pause(NodeId node) {
  nodes_.pause(node);
  world_.attention_changed(node, now_);
}

void NodeActions::resume(NodeId node) {
  nodes_.resume(node);
  if (nodes_.is_paused(node)) return;
  wakes_.goes_on(node, now_);
  world_.attention_changed(node, now_);
}

void NodeActions::slow(NodeId node, faults::Slowness& by) {
  nodes_.slow(node, by);
  world_.attention_changed(node, now_);
}

void NodeActions::unslow(NodeId node, faults::Slowness& by) {
  nodes_.unslow(node, by);
  world_.attention_changed(node, now_);
}

void NodeActions::skew(NodeId node, double factor) {
  nodes_.skew(node, factor);
  wakes_.speed_changed(node);
}

void NodeActions::unskew(NodeId node, double factor) {
  nodes_.unskew(node, factor);
  wakes_.speed_changed(node);
}

}  // namespace hearsay::core
