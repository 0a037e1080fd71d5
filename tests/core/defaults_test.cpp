// What `hearsay list protocols` says is the default is what runs when nothing is written.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/written.hpp"

namespace hearsay::core {
namespace {

std::string written_out(const Declaration& protocol) {
  std::string text = "cluster.nodes = 50\ngossip.protocol = \"" + std::string(protocol.name) + "\"\n";
  for (const Parameter& parameter : protocol.parameters) {
    const bool bare = parameter.type == ParameterType::count || parameter.type == ParameterType::nodes;
    const std::string quote = bare ? "" : "\"";
    text += "gossip." + std::string(parameter.name) + " = " + quote + std::string(parameter.fallback) +
            quote + "\n";
  }
  return text;
}

TEST(Defaults, OfEveryProtocolAreThoseThatAreDeclared) {
  for (const gossip::Protocol& protocol : gossip::protocols()) {
    const scenario::Gossip declared = testing::written(written_out(protocol.declaration)).gossip;
    const scenario::Gossip silent = testing::written("cluster.nodes = 50").gossip;
    EXPECT_EQ(silent.fanout, declared.fanout);
    EXPECT_EQ(silent.rounds, declared.rounds);
    EXPECT_EQ(silent.interval, declared.interval);
    EXPECT_EQ(silent.at_once, declared.at_once);
    EXPECT_EQ(protocol.declaration.parameters.size(), 4U) << "what is compared here is all there is";
  }
}

}  // namespace
}  // namespace hearsay::core
