// Renaming, removing, adding or moving one fault changes no draw of another, whatever faults there are.
//
// Two runs that differ in one fault are compared message by message: those that both send, by identity, and
// at the same instant, so that the same windows are open. Targets are always the same. What a fault without a
// memory decides of a message hangs on nothing but its own draws, so where the one run has a message taken by
// such a fault, in the other one that fault took it too, or one that stands before it did. What faults with a
// memory decide hangs on what reached them, and what the changed fault decides may change: nothing is said of
// messages that these took, or held back. This is all that can be said: if a fault that neither changed nor
// remembers took another draw, it would take, spare or delay messages that it did not before.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "faults/kinds.hpp"
#include "tests/sim/any_scenario.hpp"
#include "tests/sim/listener.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

using measure::Event;
using scenario::Fault;
using scenario::Scenario;

constexpr std::uint64_t kChangedScenarios = testing::kSanitized ? 15 : 150;

/// With at least two faults.
std::vector<Scenario> scenarios_to_change() {
  std::vector<Scenario> all;
  for (std::uint64_t number = 300'000; all.size() < kChangedScenarios; ++number)
    if (Scenario scenario = testing::written(any_scenario(number)); scenario.faults.size() >= 2)
      all.push_back(std::move(scenario));
  return all;
}

bool remembers(const Scenario& scenario, const Fault& rule) {
  const faults::Kind& kind = faults::kind_of(rule);
  if (kind.on_messages == nullptr) return false;
  const Key key(scenario.seed, "fault " + rule.name);
  const auto fault = kind.on_messages({rule, key, scenario.cluster.nodes, scenario.seed});
  return rule.limit.has_value() || fault->order() == faults::Order::by_time;
}

/// Whether it may be seen from a message that goes on that it met this fault.
bool leaves_a_trace(const Fault& rule) {
  static const std::set<std::string> kinds = {"corrupt", "delay", "drop", "reorder", "throttle"};
  return kinds.contains(rule.kind);
}

bool takes_nodes_down(const Fault& rule) { return rule.kind == "kill" || rule.kind == "churn"; }

struct Overheard {
  explicit Overheard(Scenario all) : scenario(std::move(all)), heard(listen(scenario)) {}

  /// The place of the fault that took a message; as many as there are faults: none did.
  std::size_t taker(const Event& message) const {
    return message.fate == kGoesOn ? scenario.faults.size() : std::size_t{message.fate} - 1;
  }
  std::size_t find(const std::string& name) const {
    std::size_t place = 0;
    while (place < scenario.faults.size() && scenario.faults[place].name != name) ++place;
    return place;
  }

  Scenario scenario;
  Listener heard;
};

/// How much was compared, so that a test can tell that it was not nothing.
struct Compared {
  std::map<std::string, std::size_t> taken;  // by kind of the fault that took them
  std::size_t gone_on = 0;                   // with all that was done to them
  std::size_t copies = 0;
  std::size_t changes = 0;  // of nodes
};

/// Two runs that differ in nothing but the fault called `changed`, which one of them may lack or have
/// elsewhere.
class Comparison {
 public:
  Comparison(const Overheard& one, const Overheard& other, const Fault& changed, Compared& compared)
      : one_(one), other_(other), changed_(changed), compared_(compared) {
    for (const Fault& rule : one.scenario.faults)
      if (rule.name == changed.name || remembers(one.scenario, rule)) {
        loose_.insert(rule.name);
        traces_ = traces_ || leaves_a_trace(rule);
      }
    traces_ = traces_ || leaves_a_trace(changed);
  }

  void hold_messages(bool with_copies) {
    for_each_in_both(one_.heard, other_.heard, [&](const Event& here, const Event& there) {
      ASSERT_EQ(here.to, there.to);
      if (here.at != there.at || (here.copy != 0 && !with_copies)) return;
      hold_taker(here, there);
      if (here.fate == kGoesOn && there.fate == kGoesOn) hold_traces(here, there);
      compared_.copies += here.copy != 0 ? 1 : 0;
    });
  }

  void hold_nodes() {
    if (takes_nodes_down(changed_)) return;
    const auto& here = one_.heard.changes;
    const auto& there = other_.heard.changes;
    const std::size_t both = std::min(here.size(), there.size());
    for (std::size_t i = 0; i < both; ++i) ASSERT_EQ(here[i], there[i]);
    compared_.changes += both;
  }

 private:
  void hold_taker(const Event& here, const Event& there) {
    const std::size_t taker = one_.taker(here);
    if (taker == one_.scenario.faults.size()) return;
    const Fault& rule = one_.scenario.faults[taker];
    if (loose_.contains(rule.name)) return;
    ASSERT_LE(other_.taker(there), other_.find(rule.name)) << rule.name;
    ++compared_.taken[rule.kind];
  }

  void hold_traces(const Event& here, const Event& there) {
    if (traces_) return;
    ASSERT_EQ(here.duration, there.duration);
    ASSERT_EQ(here.marks, there.marks);
    ++compared_.gone_on;
  }

  const Overheard& one_;
  const Overheard& other_;
  const Fault& changed_;
  Compared& compared_;
  std::set<std::string> loose_;  // faults of which nothing is said
  bool traces_ = false;          // whether one of them leaves any
};

enum class Places { kept, changed };

void compare(const Overheard& one, const Overheard& other, const Fault& changed, Places places,
             Compared& compared) {
  SCOPED_TRACE("seed " + std::to_string(one.scenario.seed) + ", " + changed.name);
  Comparison here(one, other, changed, compared);
  here.hold_messages(places == Places::kept);
  Comparison(other, one, changed, compared).hold_messages(places == Places::kept);
  if (places == Places::kept) here.hold_nodes();
}

/// The few scenarios that there is time for under the sanitizers may have nothing of some kind.
void expect_much(const Compared& compared, Places places) {
  if (testing::kSanitized) return;
  constexpr std::size_t kMuch = kChangedScenarios;
  for (const char* kind : {"drop", "partition", "reset"}) {
    const auto taken = compared.taken.find(kind);
    EXPECT_GT(taken == compared.taken.end() ? 0 : taken->second, kMuch) << kind;
  }
  EXPECT_GT(compared.gone_on, kMuch);
  if (places == Places::changed) return;
  EXPECT_GT(compared.copies, kMuch);
  EXPECT_GT(compared.changes, kMuch);
}

TEST(ChangedFault, UnderAnotherNameChangesNoDrawOfAnotherFault) {
  Compared compared;
  for (const Scenario& scenario : scenarios_to_change()) {
    const Overheard overheard(scenario);
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
      Scenario renamed = scenario;
      renamed.faults[i].name = "another name";
      compare(overheard, Overheard(renamed), scenario.faults[i], Places::kept, compared);
    }
  }
  expect_much(compared, Places::kept);
}

/// Adding one is the same, the other way round: both are held to each other.
TEST(ChangedFault, AddedOrRemovedChangesNoDrawOfAnotherFault) {
  Compared compared;
  for (const Scenario& scenario : scenarios_to_change()) {
    const Overheard overheard(scenario);
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
      Scenario without = scenario;
      without.faults.erase(without.faults.begin() + static_cast<std::ptrdiff_t>(i));
      compare(overheard, Overheard(without), scenario.faults[i], Places::kept, compared);
    }
  }
  expect_much(compared, Places::kept);
}

/// Copies are left out: only the faults that come after the one that made them judge them.
TEST(ChangedFault, InAnotherPlaceChangesNoDrawOfAnyFault) {
  const Fault none;
  Compared compared;
  for (const Scenario& scenario : scenarios_to_change()) {
    Scenario moved = scenario;
    std::rotate(moved.faults.begin(), moved.faults.begin() + 1, moved.faults.end());
    compare(Overheard(scenario), Overheard(moved), none, Places::changed, compared);
  }
  expect_much(compared, Places::changed);
}

}  // namespace
}  // namespace hearsay::sim
