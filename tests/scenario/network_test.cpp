#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

using Shape = DurationModel::Shape;

std::optional<DurationModel> latency(const std::string& written) {
  return good("network.latency = " + written).network.latency;
}

TEST(Latency, IsAConstantOrARange) {
  EXPECT_EQ(latency("'5ms'"), (DurationModel{.low = 5'000, .high = 5'000}));
  EXPECT_EQ(latency("'1ms..5ms'"), (DurationModel{.low = 1'000, .high = 5'000}));
  EXPECT_EQ(latency("'0s..0s'"), DurationModel{});
}

TEST(Latency, IsADistribution) {
  EXPECT_EQ(latency("{ distribution = 'normal', mean = '20ms', jitter = '5ms' }"),
            (DurationModel{.shape = Shape::normal, .high = kNever, .mean = 20'000, .jitter = 5'000}));
  EXPECT_EQ(latency("{ distribution = 'lognormal', mean = '1h', jitter = '1us', min = '1ms', max = '2h' }"),
            (DurationModel{
                .shape = Shape::lognormal, .low = 1'000, .high = 2 * kHour, .mean = kHour, .jitter = 1}));
  EXPECT_EQ(latency("{ distribution = 'exponential', mean = '20ms' }"),
            (DurationModel{.shape = Shape::exponential, .high = kNever, .mean = 20'000}));
  EXPECT_EQ(latency("{ distribution = 'pareto', mean = '20ms', jitter = '5ms', min = '20ms', max = '20ms' }"),
            (DurationModel{
                .shape = Shape::pareto, .low = 20'000, .high = 20'000, .mean = 20'000, .jitter = 5'000}));
}

TEST(Latency, MayBeATableOfItsOwn) {
  EXPECT_EQ(good("[network.latency]\ndistribution = 'exponential'\nmean = '20ms'").network.latency->mean,
            20'000);
}

TEST(LatencyGroups, AreOfNodesOrBetweenSides) {
  const Network network = good(
                              "[network]\nlatency = '1ms'\n"
                              "[[network.group]]\nnodes = '0..4'\nlatency = '2ms'\n"
                              "[[network.group]]\nbetween = [[0, 2], '*']\nlatency = '3ms..4ms'\n")
                              .network;
  ASSERT_EQ(network.groups.size(), 2U);
  const Selector first{Selector::Kind::ids, {{0, 4}}};
  EXPECT_EQ(network.groups[0].a, first);
  EXPECT_EQ(network.groups[0].b, first);
  EXPECT_EQ(network.groups[0].latency, (DurationModel{.low = 2'000, .high = 2'000}));
  EXPECT_EQ(network.groups[1].a, (Selector{Selector::Kind::ids, {{0, 0}, {2, 2}}}));
  EXPECT_EQ(network.groups[1].b, Selector{});
  EXPECT_EQ(network.groups[1].latency, (DurationModel{.low = 3'000, .high = 4'000}));
  EXPECT_EQ(network.latency, (DurationModel{.low = 1'000, .high = 1'000}));
}

TEST(LatencyGroups, MayBeBetweenSeveralPairs) {
  const Network network =
      good("[[network.group]]\nbetween = [['0..2', '3..5'], [6, '6..9']]\nlatency = '3ms'\n").network;
  ASSERT_EQ(network.groups.size(), 2U);
  EXPECT_EQ(network.groups[0].a, (Selector{Selector::Kind::ids, {{0, 2}}}));
  EXPECT_EQ(network.groups[1].a, (Selector{Selector::Kind::ids, {{6, 6}}}));
  EXPECT_EQ(network.groups[1].b, (Selector{Selector::Kind::ids, {{6, 9}}}));
  EXPECT_EQ(network.groups[0].latency, network.groups[1].latency);
}

struct BadLatencyCase {
  const char* text;   ///< after the first line
  const char* error;  ///< after "t.toml:"
};

/// `error` with its capital words, each with a space after it, replaced.
std::string spelled_out(std::string error) {
  const std::vector<std::pair<std::string, std::string>> words = {
      {"MODEL",
       "a duration, a range from low to high or a distribution, such as \"10ms\", \"10ms..50ms\" or "
       "{ distribution = \"normal\", mean = \"20ms\", jitter = \"5ms\" } UNIT "},
      {"SHAPE", "\"normal\", \"lognormal\", \"exponential\" or \"pareto\""},
      {"SIDE", "a selector of nodes: \"*\", 3, \"0..9\" or [1, 4]"},
      {"SIDES", "an array of two selectors of nodes, such as [\"0..4\", \"5..9\"], or of pairs of them"},
      {"UNIT", "(unit us, ms, s, m or h; at most 1000h)"},
  };
  for (const auto& [word, text] : words)
    for (std::size_t at = error.find(word + " "); at != std::string::npos; at = error.find(word + " "))
      error.replace(at, word.size() + 1, text);
  return error;
}

void expect_errors(const std::vector<BadLatencyCase>& cases) {
  for (const BadLatencyCase& bad : cases)
    EXPECT_EQ(errors(std::string("cluster.nodes = 10\n") + bad.text),
              spelled_out(std::string("t.toml:") + bad.error))
        << bad.text;
}

TEST(BadLatency, IsNoDuration) {
  expect_errors({
      {"network.latency = '5ms..1ms'", "2:19: \"latency\" in [network] must be MODEL , not \"5ms..1ms\""},
      {"network.latency = '1ms..'", "2:19: \"latency\" in [network] must be MODEL , not \"1ms..\""},
      {"network.latency = 0.5",
       "2:19: \"latency\" in [network] must be MODEL , not 0.5; a bare number has no unit"},
      {"network.latency = ['1ms']", "2:19: \"latency\" in [network] must be MODEL , not an array"},
      {"network.latncy = '1ms'", "2:9: unknown key \"latncy\" in [network]; did you mean \"latency\"?"},
  });
}

TEST(BadLatency, HasKeysMissingUnknownOrOfTheWrongType) {
  expect_errors({
      {"network.latency = {}",
       "2:19: missing key \"distribution\" in a distribution: SHAPE \n"
       "t.toml:2:19: missing key \"mean\" in a distribution: a duration above 0, such as \"20ms\" UNIT "},
      {"network.latency = { distribution = 'normal', mean = '1ms' }",
       "2:19: missing key \"jitter\" in a distribution: a duration above 0, such as \"5ms\" UNIT "},
      {"network.latency = { distribution = 'normal', mean = '1ms', jiter = '1ms' }",
       "2:60: unknown key \"jiter\" in a distribution; did you mean \"jitter\"?"},
      {"network.latency = { distribution = 'nornal', mean = '1ms' }",
       "2:36: \"distribution\" in a distribution must be SHAPE , not \"nornal\"; did you mean \"normal\"?"},
      {"network.latency = { distribution = 'uniform', mean = '1ms' }",
       "2:36: \"distribution\" in a distribution must be SHAPE , not \"uniform\""},
      {"network.latency = { distribution = 1, mean = '1ms' }",
       "2:36: \"distribution\" in a distribution must be SHAPE , not 1"},
      {"network.latency = { distribution = 'pareto', mean = 1, jitter = '0s' }",
       "2:53: \"mean\" in a distribution must be a duration above 0, such as \"20ms\" UNIT , not 1; a bare "
       "number has no unit\n"
       "t.toml:2:65: \"jitter\" in a distribution must be a duration above 0, such as \"5ms\" UNIT , not "
       "\"0s\""},
      {"network.latency = { distribution = 'exponential', mean = '1ms', jitter = '1ms' }",
       "2:74: \"jitter\" in a distribution is not taken by \"exponential\": its jitter is its mean"},
      {"network.latency = { distribution = 'exponential', mean = '1ms', max = '0s' }",
       "2:71: \"max\" in a distribution must be a duration above 0, such as \"1s\" UNIT , not \"0s\""},
      {"network.latency = { distribution = 'exponential', mean = '1ms', min = '-1s' }",
       "2:71: \"min\" in a distribution must be a duration, such as \"1ms\" UNIT , not \"-1s\""},
  });
}

TEST(BadLatency, HasBoundsThatDoNotFit) {
  expect_errors({
      {"network.latency = { distribution = 'exponential', mean = '1ms', min = '3ms', max = '2ms' }",
       "2:71: \"min\" in a distribution must be at most \"max\", 2ms, not 3ms"},
      {"network.latency = { distribution = 'exponential', mean = '1ms', min = '3ms' }",
       "2:58: \"mean\" in a distribution must be at least \"min\", 3ms, not 1ms"},
      {"network.latency = { distribution = 'exponential', mean = '3ms', max = '2ms' }",
       "2:58: \"mean\" in a distribution must be at most \"max\", 2ms, not 3ms"},
      {"network.latency = { distribution = 'normal', mean = '61m', jitter = '2h', max = '1h' }",
       "2:53: \"mean\" in a distribution must be at most 1h, not 61m\n"
       "t.toml:2:69: \"jitter\" in a distribution must be at most 1h, not 2h"},
      {"network.latency = { distribution = 'exponential', mean = '3m' }",
       "2:19: \"latency\" in [network] can be longer than 1h: it needs a \"max\""},
  });
}

TEST(BadLatencyGroup, SaysWhatIsWrong) {
  expect_errors({
      {"[network]\ngroup = 3",
       "3:9: \"group\" in [network] must be an array of tables, each written [[network.group]], not 3"},
      {"[network.group]\nnodes = 1",
       "2:1: \"group\" in [network] must be an array of tables, each written [[network.group]], not a table"},
      {"[[network.groups]]\nnodes = 1",
       "2:11: unknown table \"groups\" in [network]; did you mean \"group\"?"},
      {"[[network.group]]\nlatency = '1ms'",
       "2:1: missing key \"nodes\" in [[network.group]]: SIDE ; or \"between\", two of them"},
      {"[[network.group]]\nnodes = 1", "2:1: missing key \"latency\" in [[network.group]]: MODEL "},
      {"[[network.group]]\nnodes = 1\nlatency = '1ms'\nlimit = 3",
       "5:1: unknown key \"limit\" in [[network.group]]; known are \"between\", \"nodes\" and \"latency\""},
      {"[[network.group]]\nnodes = 1\nbetween = [1, 2]\nlatency = '1ms'",
       "4:11: \"between\" in [[network.group]] cannot stand beside \"nodes\": a group has one or the other"},
      {"[[network.group]]\nnodes = 1\nlatency = { distribution = 'exponential', mean = '2h' }",
       "4:50: \"mean\" in a distribution must be at most 1h, not 2h"},
  });
}

TEST(BadLatencyGroup, SelectsNodesThatAreNoneOrRandom) {
  expect_errors({
      {"[[network.group]]\nlatency = '1ms'\nnodes = 10",
       "4:9: \"nodes\" in [[network.group]] selects node 10, but the last node is 9"},
      {"[[network.group]]\nlatency = '1ms'\nnodes = { count = 2 }",
       "4:9: \"nodes\" in [[network.group]] must be SIDE , not a table; the nodes of a group are not random"},
      {"[[network.group]]\nlatency = '1ms'\nnodes = 'initiator'",
       "4:9: \"nodes\" in [[network.group]] cannot be \"initiator\": the initiator belongs to no group"},
      {"[[network.group]]\nlatency = '1ms'\nbetween = 3",
       "4:11: \"between\" in [[network.group]] must be SIDES , not 3"},
      {"[[network.group]]\nlatency = '1ms'\nbetween = [1, 2, 3]",
       "4:11: \"between\" in [[network.group]] must be SIDES , not of 3"},
      {"[[network.group]]\nlatency = '1ms'\nbetween = [10, 2]",
       "4:11: \"between\" in [[network.group]] has a first side that selects node 10, but the last node is "
       "9"},
      {"[[network.group]]\nlatency = '1ms'\nbetween = [1, { share = '10%' }]",
       "4:11: \"between\" in [[network.group]] has a second side that must be SIDE , not a table; the nodes "
       "of a "
       "group are not random"},
  });
}

TEST(BadLatencyGroup, ThereAreAtMostAHundred) {
  std::string text = "cluster.nodes = 10\n";
  for (int group = 0; group < 100; ++group) text += "[[network.group]]\nnodes = 1\nlatency = '1ms'\n";
  EXPECT_EQ(errors(text), "");
  EXPECT_EQ(errors(text + "[[network.group]]\nnodes = 1\nlatency = '1ms'\n"),
            "t.toml:302:1: 101 groups; a network has at most 100");
}

}  // namespace
}  // namespace hearsay::scenario
