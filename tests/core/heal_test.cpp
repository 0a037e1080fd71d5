// After its last window nothing is left of a fault on nodes.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

int any_number(int least, int most) { return *rc::gen::inRange(least, most + 1); }

/// All of it is over at 200 us.
std::string any_node_fault(int name) {
  const std::string kind =
      *rc::gen::elementOf(std::vector<std::string>{"pause", "slow", "skew", "kill", "churn"});
  std::string toml = fmt::format("[[fault]]\nname = \"{}\"\nkind = \"{}\"\nnodes.count = {}\nat = \"{}us\"\n",
                                 name, kind, any_number(1, 4), any_number(0, 50));
  if (kind == "kill" || kind == "churn") toml += fmt::format("restart_after = \"{}us\"\n", any_number(0, 50));
  if (kind != "kill") toml += fmt::format("for = \"{}us\"\n", any_number(1, 100));
  if (kind == "slow") toml += fmt::format("delay = \"0us..{}us\"\n", any_number(1, 50));
  if (kind == "skew") toml += fmt::format("factor = {}\n", any_number(1, 400) * 0.01);
  if (kind == "churn") toml += fmt::format("rate = {}\n", any_number(1, 400'000));
  return toml;
}

RC_GTEST_PROP(Heal, MeansHealed, ()) {
  std::string toml = fmt::format(R"(
seed = {}
cluster.nodes = 4
network.latency = "1us..4us"
gossip = {{ fanout = 2, rounds = 3, interval = "{}us" }}
publish = {{ versions = 9, interval = "{}us", deadline = "1h" }}
)",
                                 any_number(0, 1'000'000), any_number(1, 30), any_number(1, 20));
  for (int faults = any_number(1, 5); faults > 0; --faults) toml += any_node_fault(faults);
  VirtualWorld world(toml);
  world.pass(200);
  const Nodes& nodes = world.driver().nodes();
  RC_ASSERT(nodes.all_up());
  RC_ASSERT(nodes.all_attend());
  RC_ASSERT(nodes.all_on_time());
  RC_ASSERT(world.waiting() == false);
  RC_ASSERT(world.driver().next_action() == kNever);
  const measure::Outcome outcome = world.run();
  RC_ASSERT(outcome.messages.in_flight == 0U);
}

}  // namespace
}  // namespace hearsay::core
