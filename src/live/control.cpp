#include "live/control.hpp"

#include <utility>

namespace hearsay::live {

Control::Control(const ControlOptions& options, const scenario::Scenario& scenario, Loop& loop,
                 core::Driver& driver, std::function<Tick()> now)
    : driver_(driver),
      nodes_(scenario.cluster.nodes),
      now_(std::move(now)),
      api_(scenario, options.known, options.token, *this),
      server_(options.port, loop, api_) {}

control::Status Control::status() {
  const measure::Ledger& ledger = driver_.ledger();
  control::Status status;
  status.now = now_();
  status.nodes = nodes_;
  for (NodeId node = 0; node < nodes_; ++node) {
    if (!driver_.nodes().is_up(node)) status.down.push_back(node);
    if (driver_.nodes().is_paused(node)) status.paused.push_back(node);
  }
  status.published = ledger.opened();
  status.committed = ledger.commits();
  status.messages = driver_.messages();
  return status;
}

std::vector<measure::Evidence> Control::evidence() { return driver_.evidence(now_()); }

void Control::replace_faults(const std::vector<scenario::Fault>& faults, Tick since) {
  driver_.replace_faults(faults, since, now_());
}

bool Control::kill(NodeId node, bool wipe) {
  if (!driver_.nodes().is_up(node)) return false;
  driver_.control(now_(), [&](faults::NodeControl& nodes) { nodes.kill(node, wipe); });
  return true;
}

bool Control::restart(NodeId node) {
  if (driver_.nodes().is_up(node)) return false;
  driver_.control(now_(), [&](faults::NodeControl& nodes) { nodes.restart(node); });
  return true;
}

bool Control::pause(NodeId node) {
  if (!driver_.nodes().is_up(node) || driver_.nodes().is_paused(node)) return false;
  driver_.control(now_(), [&](faults::NodeControl& nodes) { nodes.pause(node); });
  paused_.insert(node);
  return true;
}

bool Control::resume(NodeId node) {
  if (paused_.erase(node) == 0) return false;
  driver_.control(now_(), [&](faults::NodeControl& nodes) { nodes.resume(node); });
  return true;
}

std::optional<Version> Control::publish() { return driver_.publish_now(now_()); }

}  // namespace hearsay::live
