// The digest of a trace: it changes with whatever changes in an event, and with nothing else.

#include "measure/trace_digest.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/batches.hpp"

namespace hearsay::measure {
namespace {

using testing::Burst;
using testing::Common;

/// One message, with all that makes it an event.
struct Message {
  Burst burst = {.from = 5, .life = 0, .at = 1'000'000};
  Common common = {};
  NodeId to = 9;
  std::uint32_t delay = 70;
  Fate fate = kGoesOn;
};

Batch batch_of(const std::vector<Message>& messages) {
  std::vector<Burst> bursts;
  for (const Message& message : messages) bursts.push_back(message.burst);
  Batch batch = testing::sealed(bursts, messages.front().common);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    batch.to(0)[i] = messages[i].to;
    batch.delay(0)[i] = messages[i].delay;
    batch.fate(0)[i] = messages[i].fate;
  }
  return batch;
}

std::string digest_of(const std::vector<Batch>& batches,
                      const std::vector<std::string>& faults = {"a", "b"}) {
  TraceDigest digest(faults);
  for (const Batch& batch : batches) digest.sent(batch);
  return to_string(digest.digest());
}

std::string digest_of(const Message& message, const std::vector<std::string>& faults = {"a", "b"}) {
  return digest_of(std::vector{batch_of({message})}, faults);
}

/// Two messages of one burst.
std::string digest_of_two(std::pair<NodeId, NodeId> to, std::pair<std::uint32_t, std::uint32_t> delay) {
  Batch batch = testing::sealed({{.from = 5}}, {.fanout = 2});
  batch.to(0)[0] = to.first;
  batch.to(1)[0] = to.second;
  batch.delay(0)[0] = delay.first;
  batch.delay(1)[0] = delay.second;
  return digest_of(std::vector{batch});
}

TEST(TraceDigest, ChangesWithEachFieldOfASend) {
  std::set<std::string> digests;
  std::size_t tried = 0;
  const auto with = [&](auto change) {
    Message message;
    change(message);
    digests.insert(digest_of(message));
    ++tried;
  };
  with([](Message&) {});
  with([](Message& m) { m.burst.from = 6; });
  with([](Message& m) { m.burst.from = kInitiator; });
  with([](Message& m) { m.burst.life = 1; });
  with([](Message& m) { m.burst.at += 1; });
  with([](Message& m) { m.burst.at += Tick{1} << 32; });
  with([](Message& m) { m.common.version = 2; });
  with([](Message& m) { m.common.version += Version{1} << 32; });
  with([](Message& m) { m.common.round = 2; });
  with([](Message& m) { m.to = 10; });
  with([](Message& m) { m.delay = 71; });
  with([](Message& m) { m.fate = 1; });
  with([](Message& m) { m.fate = 2; });
  EXPECT_EQ(digests.size(), tried);
}

TEST(TraceDigest, TellsTheMessagesOfABurstApart) {
  EXPECT_NE(digest_of_two({1, 2}, {70, 80}), digest_of_two({2, 1}, {70, 80}));
  EXPECT_NE(digest_of_two({1, 2}, {70, 80}), digest_of_two({2, 1}, {80, 70}))
      << "their indices changed places";
}

TEST(TraceDigest, TellsApartWhoSentWhat) {
  const Message one;
  const Message other = {.burst = {.from = 6, .life = 0, .at = 1'000'000}, .to = 30, .delay = 90};
  const auto exchanged = [&](auto field) {
    std::vector<Message> both = {one, other};
    std::swap(both[0].*field, both[1].*field);
    return digest_of(std::vector{batch_of(both)});
  };
  const std::string digest = digest_of(std::vector{batch_of({one, other})});
  EXPECT_NE(exchanged(&Message::to), digest);
  EXPECT_NE(exchanged(&Message::delay), digest);
  EXPECT_EQ(exchanged(&Message::common), digest) << "which they share";
}

TEST(TraceDigest, KnowsFaultsByNameAndNothingOfTheDelayOfWhatTheyTook) {
  const Message taken = {.fate = 1};
  Message later = taken;
  later.delay = 1;
  EXPECT_EQ(digest_of(taken), digest_of(later));
  later.fate = 2;
  EXPECT_EQ(digest_of(later, {"another", "a"}), digest_of(taken, {"a"}));
  EXPECT_NE(digest_of(taken, {"b"}), digest_of(taken, {"a"}));
}

TEST(TraceDigest, DoesNotDependOnBatches) {
  std::vector<Message> messages;
  std::vector<Batch> alone;
  for (NodeId i = 0; i < 100; ++i) {
    messages.push_back({.burst = {.from = i, .life = i % 3, .at = i}, .to = 3 * i, .delay = i * i});
    messages.back().fate = i % 10 == 0;
    alone.push_back(batch_of({messages.back()}));
  }
  EXPECT_EQ(digest_of(std::vector{batch_of(messages)}), digest_of(alone));
}

std::string digest_of(Tick base, const std::vector<Arrival>& arrivals, std::uint32_t latest) {
  TraceDigest digest({});
  digest.happened(Event::Kind::deliver, 1, 0, base, arrivals, latest);
  return to_string(digest.digest());
}

std::string digest_of(const Event& event) {
  TraceDigest digest({});
  digest.happened(event);
  return to_string(digest.digest());
}

TEST(TraceDigest, ChangesWithEachFieldOfAnyOtherEvent) {
  std::set<std::string> digests;
  std::size_t tried = 0;
  const auto with = [&](auto change) {
    Event event = {.at = 1'000'000, .kind = Event::Kind::deliver, .version = 1, .to = 5};
    change(event);
    digests.insert(digest_of(event));
    ++tried;
  };
  with([](Event&) {});
  for (const Event::Kind kind : {Event::Kind::up, Event::Kind::down, Event::Kind::fail, Event::Kind::learn,
                                 Event::Kind::commit, Event::Kind::publish})
    with([kind](Event& event) { event.kind = kind; });
  with([](Event& event) { event.at += 1; });
  with([](Event& event) { event.at += 1 << 16; });
  with([](Event& event) { event.at += Tick{1} << 31; });
  with([](Event& event) { event.at += Tick{1} << 32; });
  with([](Event& event) { event.version = 2; });
  with([](Event& event) { event.life = 1; });
  with([](Event& event) { event.to = 6; });
  EXPECT_EQ(digests.size(), tried);
}

// Whether nodes change places in time, or move against each other by the same step.
TEST(TraceDigest, TellsApartWhatArrivedWhen) {
  std::set<std::string> digests;
  std::size_t tried = 0;
  for (NodeId node = 0; node < 20; ++node)
    for (std::uint32_t step = 0; step < 3; ++step) {
      digests.insert(
          digest_of(0, {{100 + step, 0, node}, {200, 0, node + 1}, {300 - step, 0, node + 2}}, 300));
      digests.insert(
          digest_of(0, {{300 + step, 0, node}, {200, 0, node + 1}, {100 - step, 0, node + 2}}, 303));
      digests.insert(digest_of(0, {{400 + step, 0, node}, {450, 0, node}, {500 - step, 0, node}}, 500));
      tried += 3;
    }
  EXPECT_EQ(digests.size(), tried);
}

TEST(TraceDigest, DoesNotDependOnWhatTimesCountFrom) {
  constexpr Tick kBlock = Tick{1} << 32;
  for (const Tick at : {Tick{1'000}, kBlock - 903, kBlock - 450, kBlock - 1, kBlock, Tick{1} << 40}) {
    const std::vector<Arrival> together = {{0, 0, 1}, {7, 0, 2}, {900, 0, 3}};
    const std::vector<Arrival> moved = {{500, 0, 1}, {507, 0, 2}, {1400, 0, 3}};
    TraceDigest alone({});
    for (const Arrival one : together)
      alone.happened({.at = at + one.offset(), .kind = Event::Kind::deliver, .version = 1, .to = one.to()});
    EXPECT_EQ(digest_of(at, together, 900), to_string(alone.digest()));
    EXPECT_EQ(digest_of(at - 500, moved, 1400), to_string(alone.digest()));
  }
}

// Across the borders of blocks of time, too.
TEST(TraceDigest, KnowsWhatIsToldAheadAsWhatHappens) {
  constexpr Tick kBlock = Tick{1} << 32;
  for (const Tick at : {Tick{1'000}, kBlock - 1'000, kBlock - 70, kBlock - 1, kBlock}) {
    Batch batch = testing::sealed({{.from = 5, .at = at}, {.from = 6, .at = at + 3}}, {.fanout = 2});
    const std::vector<std::uint8_t> picked = {1, 0, 1, 1};
    TraceDigest alone({});
    for (std::uint32_t index = 0; index < 2; ++index)
      for (std::uint32_t burst = 0; burst < 2; ++burst) {
        batch.to(index)[burst] = 10 * index + burst;
        batch.delay(index)[burst] = 50 + 7 * index + burst;
        if (picked[2 * index + burst] == 0) continue;
        alone.happened({.at = batch.at()[burst] + batch.delay(index)[burst],
                        .kind = Event::Kind::deliver,
                        .version = batch.version(),
                        .to = batch.to(index)[burst]});
      }
    TraceDigest ahead({});
    ahead.delivered(batch, picked, at + 61);
    EXPECT_EQ(to_string(ahead.digest()), to_string(alone.digest())) << at;
  }
}

}  // namespace
}  // namespace hearsay::measure
