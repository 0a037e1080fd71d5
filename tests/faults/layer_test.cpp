#include "faults/layer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

const std::string kTakeAll = "[[fault]]\nname = \"all\"\nkind = \"drop\"\nprobability = 1\n";

TEST(Layer, WithoutFaultsEverythingGoesOn) {
  Layer layer({}, 1, kNodes);
  EXPECT_EQ(judged(layer, traffic()), messages_in(traffic()));
  EXPECT_EQ(layer.next_action(), kNever);
}

TEST(Layer, AMessageIsTakenByTheFirstFaultThatHitsIt) {
  Layer layer = layer_of("[[fault]]\nname = \"one\"\nkind = \"drop\"\nprobability = 1\nto = 3\n" + kTakeAll);
  for (const Message& message : judged(layer, traffic())) EXPECT_EQ(message.fate, message.to == 3 ? 1 : 2);
}

TEST(Layer, EvidenceCountsWhatReachedAFaultMatchedItAndCameInItsWindow) {
  Layer layer = layer_of(kTakeAll + "from = 4\nat = \"1s\"\nfor = \"1s\"\n" +
                         "[[fault]]\nname = \"half\"\nkind = \"drop\"\nprobability = \"50%\"\n");
  judged(layer, traffic(0));
  judged(layer, traffic(kSecond));
  const auto evidence = layer.evidence(2 * kSecond);
  EXPECT_EQ(evidence[0].eligible, 3U);
  EXPECT_EQ(evidence[0].hit, 3U);
  EXPECT_EQ(evidence[0].expected_hits, 3);
  EXPECT_EQ(evidence[1].eligible, 63U + 60U);
  EXPECT_EQ(evidence[1].expected_hits, 61.5);
  EXPECT_EQ(evidence[1].chance, 0.5);
  EXPECT_TRUE(evidence[1].independent);
}

// Hits that end at a limit, or by a chance that changes, are not binomial.
TEST(Layer, LimitsAndRampsMakeDrawsNoSampleOfOneChance) {
  const std::string some = "[[fault]]\nname = \"some\"\nkind = \"drop\"\n";
  EXPECT_TRUE(layer_of(some + "probability = 0.5\n").evidence(0)[0].independent);
  EXPECT_FALSE(layer_of(some + "probability = 0.5\nlimit = 3\n").evidence(0)[0].independent);
  const auto ramped = layer_of(some + "ramp = { from = 0.1, to = 0.9, over = \"10s\" }\n").evidence(0)[0];
  EXPECT_FALSE(ramped.independent);
  EXPECT_EQ(ramped.chance, std::nullopt);
}

TEST(Layer, EvidenceNamesItsFaultAndKeepsTheirOrder) {
  const auto evidence =
      layer_of("[[fault]]\nname = \"b\"\nkind = \"kill\"\nnodes = 1\n" + kTakeAll).evidence(0);
  EXPECT_EQ(evidence[0].name, "b");
  EXPECT_EQ(evidence[0].kind, "kill");
  EXPECT_EQ(evidence[1].name, "all");
  EXPECT_EQ(evidence[1].kind, "drop");
}

TEST(Layer, AWindowHasOpenedWhenTheRunGotThere) {
  const Layer layer =
      layer_of(kTakeAll + "at = \"1s\"\n[[fault]]\nname = \"k\"\nkind = \"kill\"\nnodes = 1\nat = \"2s\"");
  EXPECT_FALSE(layer.evidence(kSecond - 1)[0].opened);
  EXPECT_TRUE(layer.evidence(kSecond)[0].opened);
  EXPECT_FALSE(layer.evidence(kSecond)[1].opened);
  EXPECT_TRUE(layer.evidence(2 * kSecond)[1].opened);
}

TEST(Layer, ARandomSelectorIsSharedByAllVersionsUnlessItsFaultIsOff) {
  const auto shared = [](const std::string& more) {
    return layer_of("[[fault]]\nname = \"a\"\nkind = \"drop\"\n" + more).evidence(0)[0].shared;
  };
  EXPECT_FALSE(shared("probability = 0.5\nfrom = [1, 2]"));
  EXPECT_TRUE(shared("probability = 0.5\nfrom = { count = 2 }"));
  EXPECT_TRUE(shared("probability = 0.5\nto = { share = \"20%\" }"));
  EXPECT_FALSE(shared("probability = 0\nfrom = { count = 2 }"));
}

TEST(Layer, ARandomSelectorIsDrawnAnewForEachOpening) {
  Layer layer = layer_of(kTakeAll + "from = { count = 10 }\nfor = \"1s\"\nevery = \"1s\"\n");
  const auto now = judged(layer, traffic(0));
  EXPECT_EQ(judged(layer, traffic(kSecond - 1)), now);
  EXPECT_NE(judged(layer, traffic(kSecond)), now);
  EXPECT_EQ(judged(layer, traffic(0)), now);
  EXPECT_EQ(layer.evidence(0)[0].hit, 4U * 30);
}

/// So many faults, called by numbers from `first` on, as they stand in an array.
std::vector<scenario::Fault> numbered(std::size_t first, std::size_t count) {
  std::vector<scenario::Fault> faults;
  for (std::size_t i = 0; i < count; ++i) {
    faults.push_back(bare(std::to_string(first + i), "drop"));
    faults.back().parameters = {{"probability", 0.5}, {"what", std::string("request")}};
    faults.back().where.file = "/faults/" + std::to_string(i);
  }
  return faults;
}

// A fate is a byte, and tells the fault that took a message for the rest of the run.
TEST(Layer, TheFirstFaultForWhichThereIsNoFateLeftIsRefusedByItsPlace) {
  Layer layer({}, 1, kNodes);
  Nodes nodes;
  layer.replace(numbered(0, 250), 0, nodes);
  layer.replace(numbered(250, 3), 0, nodes);
  try {
    layer.replace(numbered(252, 3), 0, nodes);
    FAIL() << "there is room for fault 253, but not for fault 254";
  } catch (const InputError& refusal) {
    ASSERT_EQ(refusal.problems().size(), 1U);
    const Problem& problem = refusal.problems()[0];
    EXPECT_EQ(to_string(problem.where), "/faults/2");
    EXPECT_THAT(problem.what, ::testing::HasSubstr("fault \"254\" is one too many"));
    EXPECT_EQ(problem.allowed, "at most 254 names of faults in one run");
  }
  EXPECT_EQ(layer.evidence(0).size(), 253U);
  layer.replace(numbered(252, 2), 0, nodes);
  EXPECT_EQ(layer.evidence(0).size(), 254U);
}

TEST(Layer, ARuleMayBecomeOneOfAnotherKind) {
  Layer layer = layer_of("[[fault]]\nname = \"all\"\nkind = \"kill\"\nnodes = 1\n");
  EXPECT_TRUE(layer.evidence(0)[0].on_nodes);
  Nodes nodes;
  layer.replace(faults_of(kTakeAll), 0, nodes);
  EXPECT_EQ(layer.evidence(0)[0].kind, "drop");
  EXPECT_FALSE(layer.evidence(0)[0].on_nodes);
}

TEST(Layer, AnUnknownKindIsABug) { EXPECT_THROW(Layer({bare("a", "gremlin")}, 1, kNodes), Bug); }

scenario::Selector any_selector() {
  using Kind = scenario::Selector::Kind;
  scenario::Selector selector{.kind = *rc::gen::element(Kind::all, Kind::initiator, Kind::ids, Kind::count)};
  const auto first = *rc::gen::inRange<NodeId>(0, kNodes);
  if (selector.kind == Kind::ids) selector.ranges = {{first, *rc::gen::inRange<NodeId>(first, kNodes)}};
  selector.count = *rc::gen::inRange(1U, kNodes + 1);
  return selector;
}

/// Bounds so small that windows open and close within the traffic below.
scenario::Window any_window() {
  scenario::Window window{.at = *rc::gen::inRange(0, 5)};
  if (*rc::gen::arbitrary<bool>()) window.length = *rc::gen::inRange(1, 4);
  if (window.length != kNever) window.every = window.length + *rc::gen::inRange(0, 4);
  return window;
}

/// Of a kind without a memory.
scenario::Fault any_fault(std::string_view name) {
  const std::string kind =
      *rc::gen::element<std::string>("drop", "delay", "corrupt", "reset", "reorder", "partition");
  scenario::Fault fault = bare(name, kind);
  fault.window = any_window();
  if (kind == "partition") {
    const std::vector<scenario::Sides> sides = {{any_selector(), any_selector()}};
    const auto direction = *rc::gen::element<std::string>("both", "one-way");
    fault.parameters = {{"between", sides}, {"direction", direction}};
    return fault;
  }
  fault.from = any_selector();
  fault.to = any_selector();
  if (kind != "delay") fault.parameters.emplace("probability", *rc::gen::inRange(0, 11) / 10.0);
  if (kind == "drop")
    fault.parameters.emplace("what", *rc::gen::element<std::string>("request", "response", "both"));
  const Duration low = *rc::gen::inRange(0, 10);
  if (kind == "delay" || kind == "reorder")
    fault.parameters.emplace("delay", DurationModel{.low = low, .high = low + *rc::gen::inRange(0, 10)});
  if (kind == "delay") fault.parameters.emplace("correlation", 0.0);
  return fault;
}

/// What some traffic comes to under these faults: of two versions, at ten instants, in one batch each.
std::vector<Message> outcome(const std::vector<scenario::Fault>& faults) {
  Layer layer(faults, 1, kNodes);
  std::vector<Message> all;
  for (Tick at = 0; at < 10; ++at)
    for (const Version version : {1, 2}) {
      const auto some = judged(layer, traffic(at, {.fanout = 5, .version = version}));
      all.insert(all.end(), some.begin(), some.end());
    }
  return all;
}

// So removing a fault, adding one or changing the order changes no draw of the others: what they come to
// together follows from what each alone would have done.
RC_GTEST_PROP(Layer, WhatFaultsDoTogetherFollowsFromWhatEachDoesAlone, ()) {
  std::vector<scenario::Fault> faults;
  for (const char* name : {"a", "b", "wifi", "bad wifi"})
    if (*rc::gen::arbitrary<bool>()) faults.push_back(any_fault(name));
  if (*rc::gen::arbitrary<bool>()) std::ranges::reverse(faults);

  std::vector<Message> expected = outcome({});
  for (std::size_t index = 0; index < faults.size(); ++index) {
    const std::vector<Message> alone = outcome({faults[index]});
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (expected[i].dropped()) continue;
      expected[i].delay += alone[i].delay;
      expected[i].marks |= alone[i].marks;
      if (alone[i].dropped()) expected[i].fate = static_cast<Fate>(index + 1);
    }
  }
  RC_ASSERT(outcome(faults) == expected);
}

/// Whether all that it hits is gone.
bool always_takes(const scenario::Fault& rule) {
  if (rule.kind == "drop") return rule.get<std::string>("what") == "request";
  return rule.kind == "partition" || rule.kind == "reset";
}

RC_GTEST_PROP(Layer, EvidenceAgreesWithWhatHappened, ()) {
  const std::vector<scenario::Fault> faults = {any_fault("a"), any_fault("b")};
  Layer layer(faults, 1, kNodes);
  std::vector<std::uint64_t> dropped(3);
  for (Tick at = 0; at < 10; ++at)
    for (const Message& message : judged(layer, traffic(at))) ++dropped[message.fate];
  const auto evidence = layer.evidence(10);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    RC_ASSERT(evidence[i].hit <= evidence[i].eligible);
    RC_ASSERT(dropped[i + 1] <= evidence[i].hit);
    if (always_takes(faults[i])) RC_ASSERT(dropped[i + 1] == evidence[i].hit);
  }
}

}  // namespace
}  // namespace hearsay::faults
