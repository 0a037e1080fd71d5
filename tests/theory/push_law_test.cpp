#include "theory/push_law.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "tests/support/exact_binomial.hpp"

namespace hearsay::theory {
namespace {

struct Setting {
  unsigned nodes;
  unsigned fanout;
  unsigned rounds;
  double loss;
  unsigned publish_fanout;
};

std::vector<long double> law_of(const Setting& s) {
  return push_final_reach(s.nodes, s.fanout, s.rounds, s.loss, s.publish_fanout);
}

/// Every outcome of every burst of every node, whether it comes to it or not, enumerated with its
/// probability; nodes as bits. The reach of each is what paths from the initiator lead to.
class Enumeration {
 public:
  explicit Enumeration(const Setting& setting) : setting_(setting), law_(setting.nodes + 1) {
    links_.resize(setting.nodes + 1);
    enumerate(0, 1);
  }

  const std::vector<long double>& law() const { return law_; }

 private:
  void enumerate(unsigned burst, long double probability) {
    if (burst > setting_.nodes * setting_.rounds) {
      law_[static_cast<unsigned>(std::popcount(reach()))] += probability;
      return;
    }
    const unsigned sender = burst == 0 ? setting_.nodes : (burst - 1) / setting_.rounds;
    const unsigned before = links_[sender];
    for (unsigned targets = 0; targets < 1U << setting_.nodes; ++targets)
      for (unsigned arrived = 0; arrived <= targets; ++arrived) {
        const double share = share_of(burst, targets, arrived);
        if (share == 0) continue;
        links_[sender] = before | arrived;
        enumerate(burst + 1, probability * share);
      }
    links_[sender] = before;
  }

  /// The probability that just these are the targets of a burst, and just those of them receive it.
  double share_of(unsigned burst, unsigned targets, unsigned arrived) const {
    const unsigned fanout = burst == 0 ? setting_.publish_fanout : setting_.fanout;
    if (std::popcount(targets) != static_cast<int>(fanout) || (arrived & ~targets) != 0) return 0;
    unsigned choices = 0;
    for (unsigned set = 0; set < 1U << setting_.nodes; ++set)
      choices += std::popcount(set) == static_cast<int>(fanout) ? 1 : 0;
    return std::pow(1 - setting_.loss, std::popcount(arrived)) *
           std::pow(setting_.loss, std::popcount(targets & ~arrived)) / choices;
  }

  unsigned reach() const {
    unsigned reached = links_[setting_.nodes];
    for (unsigned pass = 0; pass < setting_.nodes; ++pass)
      for (unsigned node = 0; node < setting_.nodes; ++node)
        if ((reached >> node & 1U) != 0) reached |= links_[node];
    return reached;
  }

  Setting setting_;
  std::vector<unsigned> links_;  ///< whom each node's bursts reach, the initiator's last
  std::vector<long double> law_;
};

/// One version as time goes on: who learns in one interval bursts in each of the next `rounds` intervals.
unsigned simulated_reach(const Setting& s, std::mt19937_64& random) {
  std::vector<unsigned> everyone(s.nodes);
  std::iota(everyone.begin(), everyone.end(), 0U);
  std::vector<bool> informed(s.nodes);
  std::vector<unsigned> bursts_left(s.nodes);

  const auto burst = [&](unsigned fanout, std::vector<unsigned>& arrivals) {
    std::shuffle(everyone.begin(), everyone.end(), random);
    for (unsigned i = 0; i < fanout; ++i)
      if (std::bernoulli_distribution(1 - s.loss)(random)) arrivals.push_back(everyone[i]);
  };

  std::vector<unsigned> arrivals;
  burst(s.publish_fanout, arrivals);
  while (true) {
    for (const unsigned node : arrivals)
      if (!informed[node]) bursts_left[node] = s.rounds;
    for (const unsigned node : arrivals) informed[node] = true;
    arrivals.clear();
    if (std::all_of(bursts_left.begin(), bursts_left.end(), [](unsigned left) { return left == 0; })) break;
    for (unsigned& left : bursts_left)
      if (left > 0) {
        burst(s.fanout, arrivals);
        --left;
      }
  }
  return static_cast<unsigned>(std::count(informed.begin(), informed.end(), true));
}

constexpr unsigned kRuns = 20'000;

std::vector<unsigned> simulated_counts(const Setting& setting) {
  std::mt19937_64 random(20'240'607);
  std::vector<unsigned> counts(setting.nodes + 1);
  for (unsigned run = 0; run < kRuns; ++run) ++counts[simulated_reach(setting, random)];
  return counts;
}

/// The p-value of the most surprising final reach, times their number (Bonferroni).
double p_value(const std::vector<unsigned>& counts, const std::vector<long double>& law) {
  double least = 1;
  for (std::size_t reach = 0; reach < law.size(); ++reach) {
    const double probability = std::clamp(static_cast<double>(law[reach]), 0.0, 1.0);
    least = std::min(least, testing::two_sided_p_value(counts[reach], kRuns, probability));
  }
  return least * static_cast<double>(law.size());
}

const std::vector<Setting> kSettings = {
    {6, 3, 5, 0.3, 3}, {6, 1, 5, 0, 1}, {20, 2, 5, 0.4, 2}, {12, 2, 2, 0.5, 4}, {30, 1, 2, 0.2, 2},
};

TEST(PushLaw, AgreesWithEnumeration) {
  for (const unsigned nodes : {2U, 3U})
    for (const unsigned fanout : {1U, 2U})
      for (const double loss : {0.0, 0.3, 0.75, 1.0}) {
        const Setting setting{nodes, fanout, 1, loss, fanout};
        const std::vector<long double> expected = Enumeration(setting).law();
        const std::vector<long double> law = law_of(setting);
        for (unsigned reach = 0; reach <= nodes; ++reach)
          EXPECT_NEAR(static_cast<double>(law[reach]), static_cast<double>(expected[reach]), 1e-14)
              << nodes << " nodes, fanout " << fanout << ", loss " << loss << ", reach " << reach;
      }
}

TEST(PushLaw, AgreesWithEnumerationOfSeveralRounds) {
  for (const Setting& setting :
       {Setting{2, 1, 3, 0.3, 2}, Setting{3, 1, 2, 0.4, 2}, Setting{3, 2, 1, 0.4, 1}}) {
    const std::vector<long double> expected = Enumeration(setting).law();
    const std::vector<long double> law = law_of(setting);
    for (unsigned reach = 0; reach <= setting.nodes; ++reach)
      EXPECT_NEAR(static_cast<double>(law[reach]), static_cast<double>(expected[reach]), 1e-14);
  }
}

// A right law fails a setting with probability at most one in a million.
TEST(PushLawStatistics, AgreesWithSimulation) {
  for (const Setting& setting : kSettings)
    EXPECT_GT(p_value(simulated_counts(setting), law_of(setting)), 1e-6) << setting.nodes << " nodes";
}

// The same runs refute laws that are only slightly off, so the agreement above means something.
TEST(PushLawStatistics, SimulationRefutesOtherLaws) {
  const Setting setting{20, 2, 5, 0.4, 2};
  const std::vector<unsigned> counts = simulated_counts(setting);
  for (const Setting& other :
       {Setting{20, 2, 5, 0.42, 2}, Setting{20, 2, 4, 0.4, 2}, Setting{20, 2, 5, 0.4, 1}})
    EXPECT_LT(p_value(counts, law_of(other)), 1e-6);
}

TEST(PushLaw, Limits) {
  EXPECT_EQ(push_reaches_all(7, 3, 5, 1.0, 3), 0);
  EXPECT_EQ(push_final_reach(7, 3, 5, 1.0, 3)[0], 1);
  EXPECT_EQ(push_reaches_all(7, 7, 1, 0.0, 1), 1);
  EXPECT_EQ(push_final_reach(7, 7, 0, 0.0, 4)[4], 1);
  EXPECT_NEAR(static_cast<double>(push_reaches_all(1, 1, 5, 0.3, 1)), 0.7, 1e-15);
}

TEST(PushLaw, IsADistribution) {
  for (const Setting& setting : kSettings) {
    const std::vector<long double> law = law_of(setting);
    EXPECT_NEAR(static_cast<double>(std::accumulate(law.begin(), law.end(), 0.0L)), 1, 1e-15);
    for (const long double probability : law) EXPECT_GE(probability, 0);
  }
}

}  // namespace
}  // namespace hearsay::theory
