// Every way to get one key wrong, with the exact text that the user sees.

#include <gtest/gtest.h>

#include <string>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

struct Case {
  const char* line;   ///< what is wrong, after a good beginning
  const char* error;  ///< after "t.toml:"
};

constexpr const char* kUnit = "(unit us, ms, s, m or h; at most 1000h)";

/// `error` with UNIT replaced.
std::string expand(std::string error) {
  const std::size_t at = error.find("UNIT");
  return at == std::string::npos ? error : error.replace(at, 4, kUnit);
}

void expect_errors(const std::string& before, const std::vector<Case>& cases) {
  for (const Case& bad : cases) {
    EXPECT_EQ(errors(before + bad.line + "\n"), expand(std::string("t.toml:") + bad.error)) << bad.line;
  }
}

TEST(BadInput, TopLevel) {
  expect_errors(
      "cluster.nodes = 10\n",
      {
          {"name = ''",
           "2:8: \"name\" must be a text of one line, such as \"thirty percent loss\", not \"\""},
          {"name = 7", "2:8: \"name\" must be a text of one line, such as \"thirty percent loss\", not 7"},
          {"name = \"a\\u001bb\"",
           "2:8: \"name\" must be a text of one line, such as \"thirty percent loss\", not \"a\\u001bb\""},
          {"seed = -1", "2:8: \"seed\" must be a whole number of at least 0, such as 7, not -1"},
          {"seed = 1.0", "2:8: \"seed\" must be a whole number of at least 0, such as 7, not 1.0"},
          {"seed = '7'", "2:8: \"seed\" must be a whole number of at least 0, such as 7, not \"7\""},
          {"seed = 2024-01-01", "2:8: \"seed\" must be a whole number of at least 0, such as 7, not a date"},
          {"seed = 9223372036854775808",
           "2:27: not valid TOML (decimal integer): '9223372036854775808' is not representable in 64 bits"},
          {"world = 'liv'",
           "2:9: \"world\" must be \"live\" or \"sim\", not \"liv\"; did you mean \"live\"?"},
          {"world = 'elsewhere'", "2:9: \"world\" must be \"live\" or \"sim\", not \"elsewhere\""},
          {"world = true", "2:9: \"world\" must be \"live\" or \"sim\", not true"},
          {"[netwrk]", "2:2: unknown table \"netwrk\"; did you mean \"network\"?"},
          {"[[faults]]", "2:3: unknown table \"faults\"; did you mean \"fault\"?"},
          {"banana = 1",
           "2:1: unknown key \"banana\"; known are \"name\", \"seed\", \"world\", \"cluster\", \"network\", "
           "\"gossip\", "
           "\"publish\", \"run\", \"fault\" and \"expect\""},
          {"gossip = 3", "2:10: \"gossip\" must be a table, written [gossip], not 3"},
          {"[[gossip]]", "2:1: \"gossip\" must be a table, written [gossip], not an array"},
          {"[fault]",
           "2:1: \"fault\" must be an array of tables, each written [[fault]], not an empty table"},
          {"fault = [1]", "2:9: \"fault\" must be an array of tables, each written [[fault]], not an array"},
          {"expect = 'x'", "2:10: \"expect\" must be an array of tables, each written [[expect]], not \"x\""},
          {"extends = 'base.toml'", "2:1: \"extends\" needs a file: this text has no folder"},
      });
}

TEST(BadInput, Cluster) {
  expect_errors(
      "[cluster]\n",
      {
          {"", "1:1: missing key \"nodes\" in [cluster]: a whole number from 1 to 268435456, such as 50"},
          {"nodes = 0",
           "2:9: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not 0"},
          {"nodes = 268435457",
           "2:9: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not "
           "268435457"},
          {"nodes = inf",
           "2:9: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not inf"},
          {"nodes = nan",
           "2:9: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not nan"},
          {"nodes = 10\nstart_port = -1",
           "3:14: \"start_port\" in [cluster] must be a whole number from 0 to 65535, such as 8000, not -1"},
          {"nodes = 10\nstart_port = 65536",
           "3:14: \"start_port\" in [cluster] must be a whole number from 0 to 65535, such as 8000, not "
           "65536"},
          {"nodes = 10\nstart_port = 65527",
           "3:14: \"start_port\" in [cluster] leaves node 9 with port 65536; ports end at 65535"},
          {"nodes = 268435456\nstart_port = 1",
           "3:14: \"start_port\" in [cluster] leaves node 268435455 with port 268435456; ports end at 65535"},
          {"nodes = 10\ncommit = 'alife'",
           "3:10: \"commit\" in [cluster] must be \"all\" or \"alive\", not \"alife\"; did you mean "
           "\"alive\"?"},
          {"nodes = 10\nport = 1",
           "3:1: unknown key \"port\" in [cluster]; known are \"nodes\", \"start_port\", \"commit\" and "
           "\"groups\""},
      });
}

TEST(BadInput, Gossip) {
  expect_errors(
      "cluster.nodes = 10\n[gossip]\n",
      {
          {"protocol = 'pull'",
           "3:12: \"protocol\" in [gossip] must be \"push\", not \"pull\"; did you mean \"push\"?"},
          {"fanout = 11", "3:10: \"fanout\" in [gossip] must be at most 10, the number of nodes, not 11"},
          {"fanout = 0",
           "3:10: \"fanout\" in [gossip] must be a whole number from 1 to 268435456, such as 3, not 0"},
          {"rounds = 1000001",
           "3:10: \"rounds\" in [gossip] must be a whole number from 0 to 1000000, such as 5, not 1000001"},
          {"interval = 5",
           "3:12: \"interval\" in [gossip] must be a duration above 0, such as \"1s\" UNIT, not 5; a bare "
           "number has "
           "no unit"},
          {"interval = '5'",
           "3:12: \"interval\" in [gossip] must be a duration above 0, such as \"1s\" UNIT, not \"5\"; a "
           "bare number "
           "has no unit"},
          {"interval = '0s'",
           "3:12: \"interval\" in [gossip] must be a duration above 0, such as \"1s\" UNIT, not \"0s\""},
          {"interval = '1001h'",
           "3:12: \"interval\" in [gossip] must be a duration above 0, such as \"1s\" UNIT, not \"1001h\""},
          {"interval = -inf",
           "3:12: \"interval\" in [gossip] must be a duration above 0, such as \"1s\" UNIT, not -inf; a bare "
           "number "
           "has no unit"},
          {"first = 'at once'",
           "3:9: \"first\" in [gossip] must be \"after-interval\" or \"at-once\", not \"at once\"; did you "
           "mean "
           "\"at-once\"?"},
      });
}

TEST(BadInput, Publish) {
  expect_errors(
      "cluster.nodes = 10\n",
      {
          {"publish.versions = 0",
           "2:20: \"versions\" in [publish] must be a whole number from 1 to 1000000, such as 20, not 0"},
          {"publish.versions = 1000001",
           "2:20: \"versions\" in [publish] must be a whole number from 1 to 1000000, such as 20, not "
           "1000001"},
          {"publish.fanout = 11",
           "2:18: \"fanout\" in [publish] must be at most 10, the number of nodes, not 11"},
          {"publish.deadline = '0s'",
           "2:20: \"deadline\" in [publish] must be a duration above 0, such as \"30s\" UNIT, not \"0s\""},
          {"[publish]\nversions = 1000000\ninterval = '1000h'",
           "2:1: the last deadline, versions times interval plus deadline, is 3600000000030s away; at most "
           "1000h are "
           "possible"},
      });
}

TEST(BadInput, Expectations) {
  expect_errors(
      "cluster.nodes = 10\n[[expect]]\n",
      {
          {"",
           "2:1: missing key \"that\" in [[expect]]: a text of one line, such as \"commit_rate >= 99%\"; or "
           "\"after_heal\", a duration"},
          {"that = ''",
           "3:8: \"that\" in [[expect]] must be a text of one line, such as \"commit_rate >= 99%\", not "
           "\"\""},
          {"that = 99",
           "3:8: \"that\" in [[expect]] must be a text of one line, such as \"commit_rate >= 99%\", not 99"},
          {"that = 'x'\nconfidence = 1",
           "4:14: \"confidence\" in [[expect]] must be a share between 0 and 1, such as \"95%\" or 0.95, not "
           "1"},
          {"that = 'x'\nconfidence = '0%'",
           "4:14: \"confidence\" in [[expect]] must be a share between 0 and 1, such as \"95%\" or 0.95, not "
           "\"0%\""},
          {"that = 'x'\nconfidence = nan",
           "4:14: \"confidence\" in [[expect]] must be a share between 0 and 1, such as \"95%\" or 0.95, not "
           "nan"},
          {"that = 'x'\nconfidence = 95",
           "4:14: \"confidence\" in [[expect]] must be a share between 0 and 1, such as \"95%\" or 0.95, not "
           "95"},
          {"that = 'x'\nconfidense = 0.9",
           "4:1: unknown key \"confidense\" in [[expect]]; did you mean \"confidence\"?"},
      });
}

}  // namespace
}  // namespace hearsay::scenario
