// Traces: what a line says, in which order lines come, and how much of a run is held.

#include "report/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "base/errors.hpp"

namespace hearsay::report {
namespace {

using measure::Event;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;
using Json = nlohmann::ordered_json;
using Kind = Event::Kind;

scenario::Scenario scenario_with_faults() {
  scenario::Scenario scenario;
  scenario.faults.resize(2);
  scenario.faults[0].name = "crash";
  scenario.faults[1].name = "bad wifi";
  return scenario;
}

/// A file in memory.
class Sheet {
 public:
  Sheet() : file_(open_memstream(&text_, &size_)) {}
  ~Sheet() {
    std::fclose(file_);
    std::free(text_);
  }
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  std::FILE* file() { return file_; }

  std::vector<std::string> lines() {
    std::fflush(file_);
    std::istringstream text(std::string(text_, size_));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
  }

 private:
  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::FILE* file_;
};

std::vector<std::string> trace_of(const std::vector<Event>& events, std::optional<std::uint32_t> run = {}) {
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario_with_faults(), run);
  for (const Event& event : events) writer.happened(event);
  writer.finish();
  return sheet.lines();
}

Event learn(Tick at, NodeId node) { return {.at = at, .kind = Kind::learn, .version = 1, .to = node}; }

TEST(Trace, ALineHasTheKeysOfItsKind) {
  const Event send = {.at = 2, .kind = Kind::send, .version = 1, .from = kInitiator, .index = 2, .to = 5};
  Event taken = send;
  taken.from = 4;
  taken.life = 1;
  taken.round = 3;
  taken.fate = 2;
  Event goes_on = send;
  goes_on.duration = 1'500;
  EXPECT_THAT(
      trace_of({{.at = 1, .kind = Kind::up, .life = 7, .to = 6}, {.at = 1, .kind = Kind::down, .to = 6}}),
      ElementsAre(R"({"t_us":1,"event":"up","node":6,"life":7})",
                  R"({"t_us":1,"event":"down","node":6,"life":0})"));
  EXPECT_THAT(
      trace_of({taken, goes_on}),
      ElementsAre(
          R"({"t_us":2,"event":"send","version":1,"from":4,"life":1,"round":3,"index":2,"to":5,"fault":"bad wifi"})",
          R"({"t_us":2,"event":"send","version":1,"from":-1,"life":0,"round":0,"index":2,"to":5,"duration_us":1500})"));
  EXPECT_THAT(trace_of({{.at = 3, .kind = Kind::deliver, .version = 9, .to = 5},
                        {.at = 3, .kind = Kind::fail, .version = 9, .to = 6},
                        {.at = 3, .kind = Kind::learn, .version = 9, .life = 2, .to = 5},
                        {.at = 3, .kind = Kind::commit, .version = 9},
                        {.at = 3, .kind = Kind::publish, .version = kMaxVersion}}),
              ElementsAre(R"({"t_us":3,"event":"deliver","version":9,"to":5})",
                          R"({"t_us":3,"event":"fail","version":9,"to":6})",
                          R"({"t_us":3,"event":"learn","version":9,"node":5,"life":2})",
                          R"({"t_us":3,"event":"commit","version":9})",
                          R"({"t_us":3,"event":"publish","version":9223372036854775807})"));
}

TEST(Trace, LinesOfOneOfSeveralRunsBeginWithItsNumber) {
  EXPECT_THAT(trace_of({{.at = 3, .kind = Kind::commit, .version = 9}}, 12),
              ElementsAre(R"({"run":12,"t_us":3,"event":"commit","version":9})"));
}

TEST(Trace, NamesOfFaultsAreJson) {
  scenario::Scenario scenario;
  scenario.faults.resize(1);
  scenario.faults[0].name = "a \"fault\"\n";
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario);
  writer.happened({.kind = Kind::send, .version = 1, .fate = 1});
  writer.finish();
  EXPECT_EQ(Json::parse(sheet.lines().at(0)).at("fault"), "a \"fault\"\n");
}

TEST(Trace, NothingHappenedIsAnEmptyFile) { EXPECT_THAT(trace_of({}), SizeIs(0)); }

/// A hundred instants of a thousand events each.
std::vector<Event> many_events() {
  std::vector<Event> events;
  for (Tick at = 0; at < 100; ++at)
    for (NodeId node = 0; node < 1'000; ++node) {
      const Kind kind = node % 2 == 0 ? Kind::learn : Kind::send;
      events.push_back(
          {.at = at, .kind = kind, .version = 1 + node % 3, .from = node / 4, .index = node % 4, .to = node});
    }
  return events;
}

TEST(Trace, OrderWithinAnInstantChangesNothing) {
  std::vector<Event> events = many_events();
  std::mt19937 random(1);
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario_with_faults());
  for (auto instant = events.begin(); instant != events.end(); instant += 1'000) {
    writer.reached(instant->at);
    std::shuffle(instant, instant + 1'000, random);
    for (auto event = instant; event != instant + 1'000; ++event) writer.happened(*event);
  }
  writer.finish();
  std::shuffle(events.begin(), events.end(), random);
  const std::vector<std::string> lines = sheet.lines();
  EXPECT_THAT(lines, SizeIs(events.size()));
  EXPECT_EQ(lines, trace_of(events));
}

TEST(Trace, LinesAreSortedByTimeKindAndIdentity) {
  std::vector<Event> events = many_events();
  std::shuffle(events.begin(), events.end(), std::mt19937(2));
  std::vector<std::vector<std::int64_t>> places;
  for (const std::string& text : trace_of(events)) {
    const Json line = Json::parse(text);
    const bool send = line.at("event") == "send";
    places.push_back({line.at("t_us"), send, line.at("version"), send ? line.at("from") : Json(0),
                      send ? line.at("index") : line.at("node")});
  }
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
}

/// How many events are told before the first line is written.
std::size_t told_before_writing(Tick instants_apart) {
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario_with_faults());
  std::size_t told = 0;
  for (; sheet.lines().empty() && told < 1'000'000; told += 1'000) {
    writer.reached(static_cast<Tick>(told) * instants_apart);
    for (NodeId node = 0; node < 1'000; ++node)
      writer.happened(learn(static_cast<Tick>(told) * instants_apart, node));
  }
  return told;
}

TEST(Trace, WhatIsPastIsNotHeldForLong) {
  EXPECT_LT(told_before_writing(1), 100'000U);
  EXPECT_EQ(told_before_writing(0), 1'000'000U) << "events of the instant that is reached may still come";
}

TEST(Trace, EventsOfTheInstantReachedAreStillToCome) {
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario_with_faults());
  for (NodeId node = 0; node < 100'000; ++node) writer.happened(learn(5, node + 1));
  writer.reached(5);
  writer.happened(learn(5, 0));
  writer.reached(6);
  writer.finish();
  EXPECT_THAT(sheet.lines(), SizeIs(100'001));
  EXPECT_EQ(sheet.lines().front(), R"({"t_us":5,"event":"learn","version":1,"node":0,"life":0})");
}

TEST(Trace, AnEventOfThePastIsABug) {
  Sheet sheet;
  TraceWriter writer(sheet.file(), "trace.jsonl", scenario_with_faults());
  writer.reached(10);
  EXPECT_NO_THROW(writer.happened(learn(10, 1)));
  EXPECT_THROW(writer.happened(learn(9, 1)), Bug);
}

TEST(Trace, AFullDiskIsSaidAtTheEndAndKnownBefore) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> full(std::fopen("/dev/full", "w"), &std::fclose);
  ASSERT_NE(full, nullptr);
  TraceWriter writer(full.get(), "trace.jsonl", scenario_with_faults());
  for (Tick at = 0; at < 100; ++at) {
    for (NodeId node = 0; node < 1'000; ++node) writer.happened(learn(at, node));
    EXPECT_FALSE(at == 0 && writer.failed());
    writer.reached(at + 1);
  }
  EXPECT_TRUE(writer.failed());
  EXPECT_THAT([&] { writer.finish(); },
              ThrowsMessage<CannotRun>(HasSubstr("cannot write trace.jsonl: No space left on device")));
}

TEST(Trace, AFullDiskIsSaidOfAShortTraceToo) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> full(std::fopen("/dev/full", "w"), &std::fclose);
  ASSERT_NE(full, nullptr);
  TraceWriter writer(full.get(), "trace.jsonl", scenario_with_faults());
  writer.happened(learn(1, 1));
  EXPECT_THROW(writer.finish(), CannotRun);
}

}  // namespace
}  // namespace hearsay::report
