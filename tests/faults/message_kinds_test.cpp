// Laws that every kind of fault on messages keeps.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "faults/kinds.hpp"
#include "tests/faults/stream.hpp"

namespace hearsay::faults {
namespace {

using Messages = std::vector<Message>;
using Effect = std::function<bool(const Messages&)>;

Effect of_each(const std::function<bool(const Message&)>& effect) {
  return [effect](const Messages& messages) { return std::ranges::all_of(messages, effect); };
}

bool is_dropped(const Message& message) { return message.dropped(); }

Effect marked(Marks marks) {
  return of_each([marks](const Message& message) { return message.marks == marks; });
}

bool every_one_twice(const Messages& messages) {
  const std::size_t half = messages.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    Message copy = messages[i + half];
    if (copy.copy == 0 || copy.dropped()) return false;
    copy.copy = 0;
    if (copy != messages[i]) return false;
  }
  return messages.size() == 2 * half;
}

bool another_beside_every_one(const Messages& messages) {
  return 2 * std::ranges::count_if(messages, [](const Message& message) { return message.copy != 0; }) ==
         std::ssize(messages);
}

bool only_the_first_at_once(const Messages& messages) {
  return !messages[0].dropped() && messages[0].delay == 0 &&
         std::all_of(messages.begin() + 1, messages.end(),
                     [](const Message& message) { return message.dropped() || message.delay > 0; });
}

struct Law {
  std::string off;   ///< without any strength; empty: it cannot be written so
  std::string full;  ///< as strong as can be
  Effect effect;     ///< of that, on all it is about
};

const std::map<std::string, Law, std::less<>> kLaws = {
    {"burst",
     {"probability = 0\nburst_length = 3", "probability = 1\nburst_length = 3", of_each(is_dropped)}},
    {"corrupt", {"probability = 0", "probability = 1", marked(kGarbled)}},
    {"delay", {"delay = \"0s\"", "delay = \"1s\"", of_each([](const Message& message) {
                 return message.delay == kSecond && !message.dropped();
               })}},
    {"drop", {"probability = 0", "probability = 1", of_each(is_dropped)}},
    {"duplicate", {"probability = 0", "probability = 1", every_one_twice}},
    {"partition", {"", "between = [\"0..9\", \"10..19\"]", of_each(is_dropped)}},
    {"reorder", {"probability = 0\nbehind = 1", "probability = 1\nbehind = 1", marked(kHeld)}},
    {"reset", {"probability = 0", "probability = 1", of_each([](const Message& message) {
                 return message.dropped() && message.marks == kCut;
               })}},
    {"stale", {"probability = 0", "probability = 1", another_beside_every_one}},
    {"throttle", {"", "rate = 1\nqueue = 5\nscope = \"all\"", only_the_first_at_once}},
};

std::vector<std::string> kinds_on_messages() {
  std::vector<std::string> all;
  for (const Kind& kind : kinds())
    if (kind.known.on_messages) all.emplace_back(kind.known.declaration.name);
  return all;
}

class MessageKind : public ::testing::TestWithParam<std::string> {
 protected:
  static const Law& law() { return kLaws.at(GetParam()); }

  static Layer layer_with(const std::string& lines, const std::string& window = "") {
    Layer layer = layer_of(a_fault(GetParam(), lines + "\n" + window));
    layer.opened(0, 1);
    layer.opened(1, 2);
    return layer;
  }

  /// What becomes of bursts of nodes 0..9 to nodes 10..19, one burst after the other; then of copies.
  static Messages sent(Layer& layer, Tick at) {
    Messages all;
    Messages copies;
    Stream stream(layer);
    for (NodeId from = 0; from < 10; ++from) {
      const Sent burst{.at = at, .from = from, .to = {10, 11, 15, 19}, .version = 2};
      for (const Message& message : messages_in(stream.send(burst))) all.push_back(message);
      while (const Batch* made = layer.next_copies())
        for (const Message& message : messages_in(*made)) copies.push_back(message);
    }
    all.insert(all.end(), copies.begin(), copies.end());
    return all;
  }

  static Messages untouched(Tick at) {
    Layer layer({}, 1, kNodes);
    return sent(layer, at);
  }
};

TEST_P(MessageKind, WithoutStrengthIsOffAndChangesNothing) {
  if (law().off.empty()) GTEST_SKIP() << "it always has some";
  Layer layer = layer_with(law().off);
  EXPECT_EQ(sent(layer, 0), untouched(0));
  const measure::Evidence evidence = layer.evidence(0)[0];
  EXPECT_TRUE(evidence.off);
  EXPECT_FALSE(evidence.shared);
  EXPECT_EQ(evidence.eligible, 0U);
  EXPECT_EQ(evidence.hit, 0U);
}

TEST_P(MessageKind, AtFullStrengthDoesWhatItsNameSaysToEveryMessage) {
  Layer layer = layer_with(law().full);
  EXPECT_TRUE(law().effect(sent(layer, 0)));
  const measure::Evidence evidence = layer.evidence(0)[0];
  EXPECT_FALSE(evidence.off);
  EXPECT_EQ(evidence.eligible, 40U);
  EXPECT_EQ(evidence.hit, GetParam() == "throttle" ? 39U : 40U);
}

TEST_P(MessageKind, IsOpenToTheMicrosecondAndHealsWhenItCloses) {
  Layer layer = layer_with(law().full, "at = \"1s\"\nfor = \"10ms\"\nevery = \"1s\"");
  std::uint64_t eligible = 0;
  for (const auto& [at, open] : std::vector<std::pair<Tick, bool>>{{kSecond - 1, false},
                                                                   {kSecond, true},
                                                                   {kSecond + 9'999, true},
                                                                   {kSecond + 10'000, false},
                                                                   {2 * kSecond - 1, false},
                                                                   {2 * kSecond, true},
                                                                   {2 * kSecond + 10'000, false}}) {
    const Messages messages = sent(layer, at);
    EXPECT_TRUE(open || messages == untouched(at)) << at;
    eligible += open ? 40 : 0;
    EXPECT_EQ(layer.evidence(0)[0].eligible, eligible) << at;
  }
}

TEST_P(MessageKind, IsAboutWhomItSelects) {
  if (GetParam() == "partition") GTEST_SKIP() << "it has sides instead";
  Layer layer = layer_with(law().full, "from = \"3..4\"\nto = 15");
  sent(layer, 0);
  EXPECT_EQ(layer.evidence(0)[0].eligible, 2U);
}

TEST_P(MessageKind, IsDeclaredForAllWorlds) {
  EXPECT_EQ(kind_of(bare("it", GetParam())).known.declaration.worlds, "sim, live");
}

INSTANTIATE_TEST_SUITE_P(All, MessageKind, ::testing::ValuesIn(kinds_on_messages()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace hearsay::faults
