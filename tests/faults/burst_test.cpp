#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/faults/stream.hpp"
#include "tests/support/chi_square.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/loss_runs.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using testing::kFalseAlarm;

/// Of 20 messages in each burst of one node, in order, which are lost.
std::vector<bool> losses(Layer& layer, Version versions) {
  std::vector<bool> lost;
  Stream stream(layer);
  for (Version version = 1; version <= versions; ++version) {
    const Batch& batch = stream.send({.to = everyone(), .version = version});
    for (std::uint32_t slot = 0; slot < kNodes; ++slot) lost.push_back(batch.fate(slot)[0] != kGoesOn);
  }
  return lost;
}

// 1,000,000 messages and 50,000 runs or more. Runs that go on with a chance that is off by 0.02 fail almost
// surely.
TEST(BurstStatistics, RunsOfLossesAreGeometricWithTheirMean) {
  for (const auto& [loss, length] : {std::pair{0.2, 4.0}, {0.1, 1.5}, {0.5, 2.5}}) {
    Layer layer = layer_of(a_fault("burst", "scope = \"all\"\nprobability = " + std::to_string(loss) +
                                                "\nburst_length = " + std::to_string(length)));
    const std::size_t kinds = length < 2 ? 5 : 9;
    EXPECT_GT(testing::chi_square_p_value(testing::runs_of(losses(layer, 50'000), kinds),
                                          testing::geometric(length, kinds)),
              kFalseAlarm)
        << loss;
  }
}

// The mean of a chain whose neighbours have correlation c varies as that of (1 - c) / (1 + c) times as many
// independent messages. 6.2 standard deviations are a false alarm in 1.8e9, by the normal limit.
TEST(BurstStatistics, LoseAsManyAsTheyShould) {
  for (const auto& [loss, length] : {std::pair{0.2, 4.0}, {0.01, 10.0}, {0.5, 2.5}}) {
    Layer layer = layer_of(a_fault("burst", "scope = \"all\"\nprobability = " + std::to_string(loss) +
                                                "\nburst_length = " + std::to_string(length)));
    const std::vector<bool> lost = losses(layer, 50'000);
    const auto messages = static_cast<double>(lost.size());
    const double correlation = 1 - 1 / length - loss / (1 - loss) / length;
    const double deviation = std::sqrt(loss * (1 - loss) / messages * (1 + correlation) / (1 - correlation));
    const auto count = static_cast<double>(std::count(lost.begin(), lost.end(), true));
    EXPECT_NEAR(count / messages, loss, 6.2 * deviation);
    EXPECT_EQ(layer.evidence(0)[0].hit, static_cast<std::uint64_t>(count));
    EXPECT_NEAR(layer.evidence(0)[0].expected_hits, loss * messages, 1e-3);
  }
}

// As lossy as p / (p + r) · 1-h + r / (p + r) · 1-k, here 0.25 · 0.8 + 0.75 · 0.1; the correlation of losses
// is below that of the chain, 0.6. 6.2 standard deviations as above.
TEST(BurstStatistics, MayLoseSomeInEitherState) {
  Layer layer = layer_of(a_fault("burst", "scope = \"all\"\np = 0.1\nr = 0.3\n1-h = 0.8\n1-k = 0.1"));
  const std::vector<bool> lost = losses(layer, 50'000);
  const auto messages = static_cast<double>(lost.size());
  const double share = static_cast<double>(std::count(lost.begin(), lost.end(), true)) / messages;
  EXPECT_NEAR(share, 0.275, 6.2 * std::sqrt(0.275 * 0.725 / messages * 4));
}

// The first message of each of 200,000 links: as lossy as all others.
TEST(BurstStatistics, AChainBeginsAsItGoesOn) {
  std::uint64_t lost = 0;
  std::uint64_t all = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Layer layer = layer_of(a_fault("burst", "scope = \"link\"\nprobability = 0.3\nburst_length = 20"), seed);
    Stream stream(layer);
    for (NodeId from = 0; from < kNodes; ++from) stream.send({.from = from, .to = everyone()});
    lost += layer.evidence(0)[0].hit;
    all += layer.evidence(0)[0].eligible;
  }
  EXPECT_GT(testing::two_sided_p_value(lost, all, 0.3), kFalseAlarm);
}

/// Whether what is lost of one link follows from that link alone, as it does in the scopes that hold it.
TEST(Burst, AScopeIsTouchedByItsOwnMessagesOnly) {
  for (const std::string scope : {"link", "from", "to"}) {
    const std::string rule =
        a_fault("burst", "probability = 0.5\nburst_length = 3\nscope = \"" + scope + "\"");
    Layer quiet = layer_of(rule);
    Layer busy = layer_of(rule);
    Stream alone(quiet);
    Stream among_others(busy);
    for (Version version = 1; version <= 300; ++version) {
      if (scope != "from") among_others.send({.from = 3, .to = {5}, .version = version});
      if (scope != "to") among_others.send({.from = 4, .to = {2}, .version = version});
      EXPECT_EQ(alone.message({.from = 3, .to = {2}, .version = version}),
                among_others.message({.from = 3, .to = {2}, .version = version}));
    }
  }
}

TEST(Burst, AllShareOneChainWhereTheScopeIsAll) {
  const std::string rule = a_fault("burst", "probability = 0.5\nburst_length = 3\nscope = \"all\"");
  Layer one = layer_of(rule);
  Layer other = layer_of(rule);
  Stream here(one);
  Stream there(other);
  for (Version version = 1; version <= 300; ++version)
    EXPECT_EQ(here.message({.from = 3, .to = {2}, .version = version}).fate,
              there.message({.from = static_cast<NodeId>(version % 7), .to = {9}, .version = version}).fate);
}

TEST(Burst, AllIsLostWhereTheLossIsAll) {
  Layer layer = layer_of(a_fault("burst", "probability = 1\nburst_length = 5"));
  for (const bool lost : losses(layer, 10)) EXPECT_TRUE(lost);
}

TEST(Burst, LosesOnlyInRunsAsLongAsThereAreMessagesBetweenThem) {
  EXPECT_THROW(layer_of(a_fault("burst", "probability = 0.9\nburst_length = 2")), InputError);
  EXPECT_NO_THROW(layer_of(a_fault("burst", "probability = 0.9\nburst_length = 9.01")));
}

TEST(Burst, HasItsRunsOrItsChain) {
  for (const char* lines :
       {"", "probability = 0.5", "burst_length = 2", "p = 0.5", "r = 0.5",
        "probability = 0.1\nburst_length = 2\nr = 0.1", "probability = 0.1\nburst_length = 2\n1-h = 0.1",
        "p = 0.1\nr = 0.1\nburst_length = 2", "probability = 0.1\np = 0.1\nr = 0.1"})
    EXPECT_THROW(layer_of(a_fault("burst", lines)), InputError) << lines;
}

}  // namespace
}  // namespace hearsay::faults
