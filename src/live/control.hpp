#pragma once

// A live cluster under control: it can be asked and changed over HTTP while it runs.

#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "control/api.hpp"
#include "control/controlled.hpp"
#include "core/driver.hpp"
#include "live/control_server.hpp"
#include "scenario/reader.hpp"

namespace hearsay::live {

/// How a cluster is to be controlled.
struct ControlOptions {
  std::uint16_t port = 0;  ///< of 127.0.0.1; 0: a free one
  std::string token;       ///< needed for changes; not empty
  scenario::Known known;   ///< what posted faults may name
};

class Control final : private control::Controlled {
 public:
  /// Serves from now on. `scenario`, `loop` and `driver` must outlive this; `now` tells the time of the run.
  /// Throws CannotRun as a Listener does.
  Control(const ControlOptions& options, const scenario::Scenario& scenario, Loop& loop, core::Driver& driver,
          std::function<Tick()> now);

  std::uint16_t port() const { return server_.port(); }

 private:
  control::Status status() override;
  std::vector<measure::Evidence> evidence() override;
  void replace_faults(const std::vector<scenario::Fault>& faults, Tick since) override;
  bool kill(NodeId node, bool wipe) override;
  bool restart(NodeId node) override;
  bool pause(NodeId node) override;
  bool resume(NodeId node) override;
  std::optional<Version> publish() override;

  core::Driver& driver_;
  NodeId nodes_;
  std::function<Tick()> now_;
  std::set<NodeId> paused_;  // from here, not by a fault
  control::Api api_;
  ControlServer server_;
};

}  // namespace hearsay::live
