#pragma once

// A live cluster that runs in a thread of its own, for tests that are its foreign clients.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::live {

/// The scenario that a TOML text says, of all that the live world can do.
scenario::Scenario scenario_of(std::string_view toml);

/// One that nobody publishes in for hours, with `toml` on top, and that has no end.
scenario::Scenario idle_scenario(std::string_view toml);

using Ports = std::vector<std::uint16_t>;

class RunningCluster final : private core::Observer {
 public:
  /// Returns when all nodes are ready; throws what keeps them from it. `at_ready` is called in the cluster's
  /// thread, before anything else happens there: what it sends to nodes is read first of all. With a token it
  /// is under control.
  explicit RunningCluster(scenario::Scenario scenario, std::function<void(const Ports&)> at_ready = {},
                          std::string control_token = {});

  /// Stops it.
  ~RunningCluster() override;

  std::uint16_t port(NodeId node) const { return ports_[node]; }
  std::uint16_t control_port() const { return control_port_; }

  /// Waits until a version is committed. Throws after a time that only a hang takes.
  void wait_for_commit(Version version);

  /// Ends the run as interrupted. Once.
  measure::Outcome stop();

  /// Waits for the end. Once.
  measure::Outcome outcome() { return outcome_.get(); }

 private:
  measure::Outcome run_to_the_end();
  void ready(const Ports& ports) override;
  void learned(Version version, NodeId holders, bool commits) override;
  bool interrupted() override { return stopping_; }

  scenario::Scenario scenario_;
  std::function<void(const Ports&)> at_ready_;
  std::string control_token_;
  Ports ports_;
  std::uint16_t control_port_ = 0;
  std::promise<void> ready_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<Version> committed_;  // guarded by mutex_
  std::future<measure::Outcome> outcome_;
};

/// sent = delivered + dropped + failed + in_flight, and the versions' own accounts add up to the whole.
void expect_balanced(const measure::Outcome& outcome);

}  // namespace hearsay::live
