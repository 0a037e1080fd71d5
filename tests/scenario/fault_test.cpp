#include <gtest/gtest.h>

#include <string>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

/// A fault from line 2 on; `more` begins after the lines of `kind_and_needs`.
std::string with(std::string kind_and_needs, const std::string& more) {
  return "cluster.nodes = 10\n[[fault]]\nname = 'wifi'\n" + std::move(kind_and_needs) + "\n" + more + "\n";
}

const std::string kDrop = "kind = 'drop'\nprobability = '30%'";
const std::string kKill = "kind = 'kill'\nnodes = 1";

Fault read_fault(const std::string& text) { return read_text(text, "t.toml", known()).faults.at(0); }

TEST(Fault, HasDefaults) {
  const Fault drop = read_fault(with(kDrop, ""));
  EXPECT_EQ(drop.name, "wifi");
  EXPECT_EQ(drop.kind, "drop");
  EXPECT_EQ(drop.from, Selector{});
  EXPECT_EQ(drop.to, Selector{});
  EXPECT_EQ(drop.window.at, 0);
  EXPECT_EQ(drop.window.length, kNever);
  EXPECT_EQ(drop.window.every, 0);
  EXPECT_EQ(drop.get<double>("probability"), 0.3);
  EXPECT_EQ(to_string(drop.where), "t.toml:2:1");
}

TEST(Fault, HasTheDefaultsThatItsKindDeclares) {
  const Fault kill = read_fault(with(kKill, ""));
  EXPECT_EQ(kill.get<std::string>("state"), "wipe");
  EXPECT_FALSE(kill.has("restart_after"));
  EXPECT_EQ(read_fault(with("kind = 'delay'\ndelay = '1s'", "")).get<std::uint64_t>("copies"), 1U);
}

TEST(Fault, ReadsParametersOfEveryType) {
  const Fault kill = read_fault(with(kKill, "restart_after = '0s'\nstate = 'keep'"));
  EXPECT_EQ(kill.get<Selector>("nodes"), (Selector{Selector::Kind::ids, {{1, 1}}}));
  EXPECT_EQ(kill.get<Duration>("restart_after"), 0);
  EXPECT_EQ(kill.get<std::string>("state"), "keep");
  const Fault delay = read_fault(with("kind = 'delay'\ndelay = '10ms..50ms'\ncopies = 3", ""));
  EXPECT_EQ(delay.get<DurationModel>("delay"), (DurationModel{.low = 10'000, .high = 50'000}));
  EXPECT_EQ(delay.get<std::uint64_t>("copies"), 3U);
  const std::string pareto = "{ distribution = 'pareto', mean = '10ms', jitter = '2ms', max = '1s' }";
  EXPECT_EQ(read_fault(with("kind = 'delay'\ndelay = " + pareto, "")).get<DurationModel>("delay"),
            (DurationModel{
                .shape = DurationModel::Shape::pareto, .high = kSecond, .mean = 10'000, .jitter = 2'000}));
  EXPECT_EQ(read_fault(with("kind = 'delay'\ndelay = '10ms'", "")).get<DurationModel>("delay"),
            (DurationModel{.low = 10'000, .high = 10'000}));
}

TEST(Fault, TakesAShareInEveryWriting) {
  for (const auto& [written, value] : std::vector<std::pair<std::string, double>>{
           {"'30%'", 0.3}, {"0.3", 0.3}, {"'0.3'", 0.3}, {"0", 0}, {"1", 1}}) {
    EXPECT_EQ(read_fault(with("kind = 'drop'\nprobability = " + written, "")).get<double>("probability"),
              value);
  }
}

TEST(Fault, NeverMayBeWrittenWhereItIsTheDefault) {
  EXPECT_FALSE(read_fault(with(kKill, "restart_after = 'never'")).has("restart_after"));
}

TEST(Fault, HasAWindow) {
  const Fault drop = read_fault(with(kDrop, "at = '5s'\nfor = '10s'\nevery = '10s'"));
  EXPECT_EQ(drop.window.at, 5 * kSecond);
  EXPECT_EQ(drop.window.length, 10 * kSecond);
  EXPECT_EQ(drop.window.every, 10 * kSecond);
  EXPECT_EQ(read_fault(with(kKill, "at = '1s'\nevery = '2s'")).window.every, 2 * kSecond);
}

TEST(Fault, MayOpenAtTheLastDeadline) {
  EXPECT_EQ(read_fault(with(kDrop, "at = '40s'")).window.at, 40 * kSecond);
}

TEST(Fault, AsksForAParameterThatItsKindDoesNotHave) {
  const Fault drop = read_fault(with(kDrop, ""));
  EXPECT_THROW(drop.get<double>("nodes"), Bug);
  EXPECT_THROW(drop.get<Duration>("probability"), Bug);
}

struct BadFaultCase {
  std::string text;
  const char* error;  ///< after "t.toml:"
};

TEST(BadFault, SaysWhatIsWrongWithWindowsAndSelectors) {
  for (const BadFaultCase& bad : std::vector<BadFaultCase>{
           {with(kDrop, "for = '0s'"),
            "6:7: \"for\" in fault \"wifi\" must be a duration above 0, such as \"10s\" (unit us, ms, s, m "
            "or h; at "
            "most 1000h), not \"0s\""},
           {with(kDrop, "at = 5"),
            "6:6: \"at\" in fault \"wifi\" must be a duration, such as \"5s\" (unit us, ms, s, m or h; at "
            "most "
            "1000h), not 5; a bare number has no unit"},
           {with(kDrop, "at = '-1s'"),
            "6:6: \"at\" in fault \"wifi\" must be a duration, such as \"5s\" (unit us, ms, s, m or h; at "
            "most "
            "1000h), not \"-1s\""},
           {with(kDrop, "every = '5s'"),
            "6:9: \"every\" in fault \"wifi\" needs a \"for\": without one, the first window lasts to the "
            "end"},
           {with(kDrop, "for = '10s'\nevery = '5s'"),
            "7:9: \"every\" in fault \"wifi\" must be at least \"for\", 10s, not 5s"},
           {with(kDrop, "at = '40.000001s'"),
            "6:6: \"at\" in fault \"wifi\" is after the last deadline, 40s: the fault would never open"},
           {with(kDrop, "to = 'initiator'"),
            "6:6: \"to\" in fault \"wifi\" cannot be \"initiator\": the initiator receives no messages"},
           {with(kKill, "for = '1s'"), "6:1: fault \"wifi\" has no \"for\": kill acts at an instant"},
           {with(kKill, "from = 1"),
            "6:1: fault \"wifi\" has no \"from\": kill acts on nodes, not on messages"},
           {with(kKill, "to = '*'"),
            "6:1: fault \"wifi\" has no \"to\": kill acts on nodes, not on messages"},
           {with(kKill, "every = '0s'"),
            "6:9: \"every\" in fault \"wifi\" must be a duration above 0, such as \"20s\" (unit us, ms, s, m "
            "or h; at "
            "most 1000h), not \"0s\""},
       }) {
    EXPECT_EQ(errors(bad.text), std::string("t.toml:") + bad.error) << bad.text;
  }
}

TEST(BadFault, SaysWhatIsWrongWithParameters) {
  for (
      const BadFaultCase& bad : std::vector<BadFaultCase>{
          {with("kind = 'drop'", "probabilty = '30%'"),
           "5:1: unknown key \"probabilty\" in fault \"wifi\"; did you mean \"probability\"?"},
          {with("kind = 'drop'", ""),
           "2:1: missing key \"probability\" in fault \"wifi\": a share from 0 to 1, such as \"30%\" or 0.3"},
          {with("kind = 'drop'", "probability = 1.5"),
           "5:15: \"probability\" in fault \"wifi\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
           "1.5"},
          {with("kind = 'drop'", "probability = '130%'"),
           "5:15: \"probability\" in fault \"wifi\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
           "\"130%\""},
          {with("kind = 'drop'", "probability = inf"),
           "5:15: \"probability\" in fault \"wifi\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
           "inf"},
          {with("kind = 'drop'", "probability = nan"),
           "5:15: \"probability\" in fault \"wifi\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
           "nan"},
          {with("kind = 'drop'", "probability = [1]"),
           "5:15: \"probability\" in fault \"wifi\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
           "an "
           "array"},
          {with("kind = 'delay'", "delay = '1s'\ncopies = 0"),
           "6:10: \"copies\" in fault \"wifi\" must be a whole number of at least 1, such as 3, not 0"},
          {with("kind = 'delay'", "delay = 'never'"),
           "5:9: \"delay\" in fault \"wifi\" must be a duration, a range from low to high or a distribution, "
           "such "
           "as \"10ms\", \"10ms..50ms\" or { distribution = \"normal\", mean = \"20ms\", jitter = \"5ms\" } "
           "(unit us, ms, s, m or h; at most 1000h), not \"never\""},
          {with("kind = 'delay'", "delay = { distribution = 'normal', mean = '1ms' }"),
           "5:9: missing key \"jitter\" in a distribution: a duration above 0, such as \"5ms\" (unit us, ms, "
           "s, m or h; at most 1000h)"},
          {with("kind = 'delay'", "delay = { distribution = 'exponential', mean = '3m' }"),
           "5:9: \"delay\" in fault \"wifi\" can be longer than 1h: it needs a \"max\""},
          {with(kKill, "state = 'kept'"),
           "6:9: \"state\" in fault \"wifi\" must be \"wipe\" or \"keep\", not \"kept\"; did you mean "
           "\"keep\"?"},
          {with(kKill, "restart_after = 3"),
           "6:17: \"restart_after\" in fault \"wifi\" must be a duration, such as \"100ms\" (unit us, ms, s, "
           "m or h; "
           "at most 1000h), not 3; a bare number has no unit"},
          {with(kDrop, "banana = 1"),
           "6:1: unknown key \"banana\" in fault \"wifi\"; known are \"name\", \"kind\", \"probability\", "
           "\"from\", "
           "\"to\", \"at\", \"for\", \"until\", \"every\", \"limit\" and \"ramp\""},
      }) {
    EXPECT_EQ(errors(bad.text), std::string("t.toml:") + bad.error) << bad.text;
  }
}

TEST(BadFault, SaysWhatIsWrongWithNamesAndKinds) {
  const std::string allowed = "must be 1 to 64 letters, digits, spaces, - and _, such as \"bad wifi\", not ";
  const std::string nodes = "cluster.nodes = 10\n";
  EXPECT_EQ(
      errors(nodes + "[[fault]]\n" + kDrop),
      "t.toml:2:1: missing key \"name\" in fault 1: 1 to 64 letters, digits, spaces, - and _, such as \"bad "
      "wifi\"");
  EXPECT_EQ(errors(nodes + "[[fault]]\nname = 'a.b'\n" + kDrop),
            "t.toml:3:8: \"name\" in fault \"a.b\" " + allowed + "\"a.b\"");
  EXPECT_EQ(errors(nodes + "[[fault]]\nname = ''\n" + kDrop),
            "t.toml:3:8: \"name\" in fault 1 " + allowed + "\"\"");
  EXPECT_EQ(errors(nodes + "[[fault]]\nname = 3\n" + kDrop),
            "t.toml:3:8: \"name\" in fault 1 " + allowed + "3");
  EXPECT_EQ(
      errors(nodes + "[[fault]]\nname = 'x'\nkind = 'dorp'\nprobability = 0.3\nat = 1"),
      "t.toml:4:8: \"kind\" in fault \"x\" must be \"drop\", \"delay\", \"kill\", \"split\" or \"strange\", "
      "not \"dorp\"; did you "
      "mean "
      "\"drop\"?\n"
      "t.toml:6:6: \"at\" in fault \"x\" must be a duration, such as \"5s\" (unit us, ms, s, m or h; at most "
      "1000h), not 1; a bare number has no unit");
  EXPECT_EQ(errors(nodes + "[[fault]]\nname = 'x'\n"),
            "t.toml:2:1: missing key \"kind\" in fault \"x\": \"drop\", \"delay\", \"kill\", \"split\" or "
            "\"strange\"");
}

TEST(BadFault, NamesAreUniqueAndAtMostSixtyFourLong) {
  const std::string longest(64, 'n');
  EXPECT_EQ(errors("cluster.nodes = 10\n[[fault]]\nname = '" + longest + "'\n" + kDrop), "");
  EXPECT_NE(errors("cluster.nodes = 10\n[[fault]]\nname = '" + longest + "n'\n" + kDrop), "");
  EXPECT_EQ(errors(with(kDrop, "[[fault]]\nname = 'Wifi'\n" + kDrop)), "");
  EXPECT_EQ(errors(with(kDrop, "[[fault]]\nname = 'wifi'\n" + kDrop)),
            "t.toml:7:8: a second fault is called \"wifi\"; the first is at t.toml:3:8");
}

std::string many_faults(int count) {
  std::string text = "cluster.nodes = 10\n";
  for (int i = 0; i < count; ++i) text += "[[fault]]\nname = 'f" + std::to_string(i) + "'\n" + kDrop + "\n";
  return text;
}

TEST(BadFault, ThereAreAtMostTwoHundredAndFifty) {
  EXPECT_EQ(errors(many_faults(250)), "");
  EXPECT_EQ(errors(many_faults(251)), "t.toml:1002:1: 251 faults; a scenario has at most 250");
}

}  // namespace
}  // namespace hearsay::scenario
