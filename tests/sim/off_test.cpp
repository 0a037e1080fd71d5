// A fault that is off might as well not be there.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/simulation.hpp"
#include "tests/sim/any_scenario.hpp"
#include "tests/sim/engines.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

const std::vector<std::string> kOff = {
    "kind = \"drop\"\nprobability = 0",
    "kind = \"burst\"\nprobability = 0\nburst_length = 2",
    "kind = \"delay\"\ndelay = \"0s\"\ncorrelation = 0.5",
    "kind = \"duplicate\"\nprobability = 0",
    "kind = \"reorder\"\nprobability = 0\nbehind = 2",
    "kind = \"corrupt\"\nprobability = 0",
    "kind = \"stale\"\nprobability = 0",
    "kind = \"reset\"\nprobability = 0\nfrom = { count = 1 }",
};

measure::Outcome outcome_of(const scenario::Scenario& scenario) {
  core::Observer observer;
  return run(scenario, observer);
}

TEST(OffFault, ChangesNeitherTheDigestNorAnyEvidence) {
  constexpr std::uint64_t kScenarios = testing::kSanitized ? 50 : 400;
  for (std::uint64_t number = 200'000; number < 200'000 + kScenarios; ++number) {
    const std::string toml = any_scenario(number);
    const std::string off = "[[fault]]\nname = \"off\"\n" + kOff[number % kOff.size()] + "\n";
    const std::size_t first = toml.find("[[fault]]");
    const bool before = first != std::string::npos && number % 2 == 0;
    const std::string with_off = before ? toml.substr(0, first) + off + toml.substr(first) : toml + off;
    measure::Outcome with = outcome_of(testing::written(with_off));
    const auto place = before ? with.faults.begin() : with.faults.end() - 1;
    EXPECT_TRUE(place->off);
    EXPECT_EQ(place->eligible, 0U);
    with.faults.erase(place);
    for (measure::VersionRecord& version : with.versions)
      for (measure::Taken& taken : version.taken) taken.fault -= before ? 1 : 0;
    ASSERT_EQ(sim::told(with), sim::told(outcome_of(testing::written(toml)))) << with_off;
  }
}

}  // namespace
}  // namespace hearsay::sim
