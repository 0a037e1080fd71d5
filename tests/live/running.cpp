#include "tests/live/running.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include "live/cluster.hpp"
#include "tests/support/written.hpp"

// Only the thread sanitizer asks for this. libevent takes a descriptor out of epoll only after it was closed,
// when another thread may already have got its number anew. The kernel then finds nothing to take out.
extern "C" const char* __tsan_default_suppressions() { return "race_top:epoll_ctl"; }

namespace hearsay::live {
namespace {

constexpr std::chrono::seconds kHang{30};

}  // namespace

scenario::Scenario scenario_of(std::string_view toml) { return testing::written(toml); }

scenario::Scenario idle_scenario(std::string_view toml) {
  scenario::Scenario scenario = scenario_of("publish.interval = \"10h\"\n" + std::string(toml));
  scenario.publish.versions = scenario::kEndless;
  return scenario;
}

RunningCluster::RunningCluster(scenario::Scenario scenario, std::function<void(const Ports&)> at_ready,
                               std::string control_token)
    : scenario_(std::move(scenario)),
      at_ready_(std::move(at_ready)),
      control_token_(std::move(control_token)) {
  std::future<void> ready = ready_.get_future();
  outcome_ = std::async(std::launch::async, [this] { return run_to_the_end(); });
  if (ready.wait_for(kHang) != std::future_status::ready)
    throw std::runtime_error("the cluster did not start");
  ready.get();
}

RunningCluster::~RunningCluster() { stopping_ = true; }

measure::Outcome RunningCluster::run_to_the_end() {
  try {
    Cluster cluster(scenario_, *this);
    if (!control_token_.empty())
      control_port_ = cluster.open_to_control({.token = control_token_, .known = testing::all_known()});
    return cluster.run();
  } catch (...) {
    if (ports_.empty()) ready_.set_exception(std::current_exception());
    throw;
  }
}

void RunningCluster::ready(const Ports& ports) {
  ports_ = ports;
  if (at_ready_) at_ready_(ports);
  ready_.set_value();
}

void RunningCluster::learned(Version version, NodeId, bool commits) {
  if (!commits) return;
  const std::lock_guard lock(mutex_);
  committed_.insert(version);
  changed_.notify_all();
}

void RunningCluster::wait_for_commit(Version version) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, kHang, [&] { return committed_.contains(version); }))
    throw std::runtime_error("not committed: version " + std::to_string(version));
}

measure::Outcome RunningCluster::stop() {
  stopping_ = true;
  return outcome();
}

void expect_balanced(const measure::Outcome& outcome) {
  const measure::Messages& messages = outcome.messages;
  EXPECT_EQ(messages.sent, messages.delivered + messages.dropped + messages.failed + messages.in_flight);
  std::uint64_t sent = 0;
  std::uint64_t learnings = 0;
  for (const measure::VersionRecord& record : outcome.versions) {
    sent += record.sent;
    learnings += record.learnings;
  }
  EXPECT_EQ(messages.sent, sent);
  EXPECT_GE(messages.delivered + messages.foreign, learnings);
}

}  // namespace hearsay::live
