#include "scenario/keys.hpp"

#include <gtest/gtest.h>

#include "scenario/toml.hpp"

namespace hearsay::scenario {
namespace {

TEST(Keys, NameEveryValueOfAScenario) {
  const Table tree = parse_toml(R"(
name = "it"
[gossip]
fanout = 3
[[fault]]
name = "bad wifi"
probability = 0.5
to = [1, "4..5"]
[[fault]]
kind = "kill"
nodes = { count = 2 }
[cluster]
groups = {}
)",
                                "it.toml");
  const std::map<std::string, std::string> expected = {
      {"name", "it"},
      {"gossip.fanout", "3"},
      {"fault.bad wifi.name", "bad wifi"},
      {"fault.bad wifi.probability", "0.5"},
      {"fault.bad wifi.to", "[1, 4..5]"},
      {"fault.2.kind", "kill"},
      {"fault.2.nodes.count", "2"},
      {"cluster.groups", "{}"},
  };
  EXPECT_EQ(keys_of(tree), expected);
}

}  // namespace
}  // namespace hearsay::scenario
