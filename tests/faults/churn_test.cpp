#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"
#include "tests/support/kolmogorov_smirnov.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using ::testing::IsEmpty;
using testing::kFalseAlarm;
using ::testing::SizeIs;

std::string churn(const std::string& rate, const std::string& more = "") {
  return "[[fault]]\nname = \"coming and going\"\nkind = \"churn\"\nrate = " + rate + "\n" + more + "\n";
}

/// Who left when.
struct Departure {
  Tick at;
  NodeId node;

  friend bool operator==(const Departure&, const Departure&) = default;
};

std::vector<Departure> departures(Layer& layer, Nodes& nodes, Tick until) {
  std::vector<Departure> all;
  for (const std::string& line : acts(layer, nodes, until)) {
    const std::size_t what = line.find(' ') + 1;
    if (line.compare(what, 4, "wipe") != 0 && line.compare(what, 4, "kill") != 0) continue;
    all.push_back({std::stoll(line), static_cast<NodeId>(std::stoul(line.substr(what + 5)))});
  }
  return all;
}

std::vector<Departure> departures(const std::string& toml, Tick until) {
  Layer layer = layer_of(toml);
  Nodes nodes;
  return departures(layer, nodes, until);
}

TEST(Churn, NodesComeBackAfterTheirTime) {
  Layer layer = layer_of(churn("100", "restart_after = \"3ms\""));
  Nodes nodes;
  std::map<NodeId, Tick> left;
  int came_back = 0;
  for (const std::string& line : acts(layer, nodes, kSecond)) {
    const Tick at = std::stoll(line);
    const NodeId node = static_cast<NodeId>(std::stoul(line.substr(line.rfind(' '))));
    if (line.find("wipe") != std::string::npos) {
      left[node] = at;
      continue;
    }
    EXPECT_EQ(at, left.at(node) + 3 * kMillisecond) << line;
    ++came_back;
  }
  EXPECT_GT(came_back, 50);
}

TEST(Churn, OnlyThoseLeaveWhoMayAndWhoAreUp) {
  Layer layer = layer_of(churn("1000", "nodes = [3, 5]\nrestart_after = \"1h\"\nstate = \"keep\""));
  Nodes nodes;
  EXPECT_THAT(departures(layer, nodes, kMinute), SizeIs(2));
  EXPECT_EQ(nodes.down, (std::set<NodeId>{3, 5}));
  EXPECT_EQ(layer.evidence(kMinute)[0].hit, 2U);
}

TEST(Churn, NobodyLeavesWhileItsWindowIsClosed) {
  const auto all = departures(churn("1000", "at = \"1s\"\nfor = \"10ms\"\nevery = \"1s\""), kMinute);
  EXPECT_GT(all.size(), 300U);
  for (const Departure departure : all) {
    EXPECT_GE(departure.at, kSecond);
    EXPECT_LT(departure.at % kSecond, 10 * kMillisecond);
  }
}

TEST(Churn, NoMoreLeaveThanItsLimit) {
  Layer layer = layer_of(churn("1000", "limit = 7"));
  Nodes nodes;
  EXPECT_THAT(departures(layer, nodes, kMinute), SizeIs(7));
  EXPECT_THAT(nodes.down, IsEmpty());
  EXPECT_EQ(layer.next_action(), kNever);
  EXPECT_FALSE(layer.may_kill());
}

/// How long they stay away is not in the draw of when nodes leave; and it is in that of who leaves only where
/// the one drawn is still away.
TEST(Churn, IsDrawnByItsNumberAlone) {
  const auto at_once = departures(churn("10", "restart_after = \"0s\""), kMinute);
  const auto later = departures(churn("10", "restart_after = \"50ms\""), kMinute);
  ASSERT_EQ(at_once.size(), later.size());
  std::size_t same = 0;
  for (std::size_t i = 0; i < later.size(); ++i) {
    EXPECT_EQ(at_once[i].at, later[i].at);
    same += at_once[i].node == later[i].node;
  }
  EXPECT_LT(same, later.size());
  EXPECT_GT(same, later.size() * 9 / 10);
}

TEST(Churn, IsSharedByAllVersions) { EXPECT_TRUE(layer_of(churn("1")).evidence(0)[0].shared); }

/// A right program passes for all but kFalseAlarm of all seeds. A mean that is off by 7 % fails.
TEST(ChurnStatistics, GapsAreExponential) {
  for (const auto& [rate, mean] : {std::pair("\"1000/s\"", 1e3), {"\"30/m\"", 2e6}}) {
    const std::string toml = churn(rate, "restart_after = \"0s\"\nlimit = 20000");
    std::vector<double> gaps;
    Tick before = 0;
    for (const Departure departure : departures(toml, kLongest)) {
      gaps.push_back(static_cast<double>(departure.at - before));
      before = departure.at;
    }
    ASSERT_EQ(gaps.size(), 20'000U);
    const auto law = [mean = mean](double gap) { return 1 - std::exp(-gap / mean); };
    EXPECT_GE(testing::kolmogorov_smirnov_p_value(gaps, law), kFalseAlarm) << rate;
  }
}

TEST(ChurnStatistics, AllThatAreUpAreEquallyLikelyToLeave) {
  std::vector<std::uint64_t> counts(kNodes);
  for (const Departure departure :
       departures(churn("1000", "restart_after = \"0s\"\nlimit = 20000"), kLongest))
    ++counts[departure.node];
  EXPECT_GE(testing::uniform_p_value(counts), kFalseAlarm);
}

}  // namespace
}  // namespace hearsay::faults
