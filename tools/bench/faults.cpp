#include "tools/bench/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "faults/layer.hpp"
#include "tools/bench/exchange.hpp"

namespace hearsay::bench {
namespace {

using scenario::Fault;

constexpr NodeId kNodes = 1'000;
constexpr std::uint32_t kFanout = 3;
constexpr Duration kWindow = kSecond;
constexpr int kTimes = 5;

Fault rule(const std::string& kind, std::map<std::string, scenario::Value, std::less<>> parameters) {
  Fault fault;
  fault.name = kind;
  fault.kind = kind;
  fault.parameters = std::move(parameters);
  return fault;
}

Fault drop(const std::string& name = "drop") {
  Fault fault = rule("drop", {{"probability", 0.1}, {"what", std::string("request")}});
  fault.name = name;
  return fault;
}

std::vector<Fault> without_memory() {
  const DurationModel range{.low = kMillisecond, .high = 5 * kMillisecond};
  const scenario::Sides halves{{.kind = scenario::Selector::Kind::ids, .ranges = {{0, kNodes / 2 - 1}}},
                               {.kind = scenario::Selector::Kind::ids, .ranges = {{kNodes / 2, kNodes - 1}}}};
  return {drop(),
          rule("delay", {{"delay", range}, {"correlation", 0.0}}),
          rule("corrupt", {{"probability", 0.1}}),
          rule("duplicate", {{"probability", 0.1}, {"copies", std::uint64_t{1}}}),
          rule("reorder", {{"probability", 0.1}, {"delay", range}}),
          rule("reset", {{"probability", 0.1}}),
          rule("partition", {{"between", std::vector{halves}}, {"direction", std::string("both")}})};
}

std::vector<Fault> with_memory() {
  const DurationModel range{.low = kMillisecond, .high = 5 * kMillisecond};
  const std::pair<const std::string, scenario::Value> scope{"scope", std::string("to")};
  return {rule("burst", {{"probability", 0.1}, {"burst_length", 4.0}, {"1-h", 1.0}, {"1-k", 0.0}, scope}),
          rule("delay", {{"delay", range}, {"correlation", 0.5}}),
          rule("reorder", {{"probability", 0.1}, {"behind", std::uint64_t{2}}, {"at_most", kSecond}, scope}),
          rule("throttle", {{"rate", 1e6}, {"queue", std::uint64_t{100}}, scope})};
}

/// Batches of so many bursts, a millisecond apart, for a hundred seconds and over again.
class Load {
 public:
  explicit Load(std::uint32_t bursts) {
    batch_.start(0, 1, 1, kFanout);
    for (NodeId from = 0; from < bursts; ++from) batch_.add(from, 0, 0);
    batch_.seal();
    for (std::uint32_t slot = 0; slot < kFanout; ++slot)
      for (NodeId from = 0; from < bursts; ++from)
        batch_.to(slot)[from] = (from * 7 + slot * 331 + 13) % kNodes;
  }

  Batch& next() {
    // A batch is sealed anew with what it is about, since faults leave their marks on it.
    at_ = (at_ + kMillisecond) % (100 * kWindow);
    std::ranges::fill(batch_.at(), at_);
    for (std::uint32_t slot = 0; slot < kFanout; ++slot) {
      std::ranges::fill(batch_.fate(slot), kGoesOn);
      std::ranges::fill(batch_.delay(slot), 0U);
    }
    return batch_;
  }

 private:
  Batch batch_;
  Tick at_ = 0;
};

/// Nanoseconds a message, of `work` on batches of so many bursts; the least of several times.
template <typename Work>
double nanoseconds(std::uint32_t bursts, Work work) {
  const std::uint64_t batches = std::max<std::uint64_t>(2'000, 400'000 / bursts);
  double least = 1e9;
  for (int time = 0; time < kTimes; ++time) {
    Load load(bursts);
    const double begin = cpu_seconds();
    for (std::uint64_t i = 0; i < batches; ++i) work(load.next());
    least = std::min(least, (cpu_seconds() - begin) * 1e9 / static_cast<double>(batches * bursts * kFanout));
  }
  return least;
}

/// What the layer of these rules adds to what a batch costs anyway.
double cost(const std::vector<Fault>& rules, std::uint32_t bursts) {
  faults::Layer layer(rules, 1, kNodes);
  const double alone = nanoseconds(bursts, [](Batch&) {});
  Batch gone;
  const double judged = nanoseconds(bursts, [&](Batch& batch) {
    layer.judge(batch);
    if (batch.marked()) layer.holds().keep(batch);
    while (layer.next_copies() != nullptr) continue;
    while (layer.holds().depart(gone)) continue;
  });
  return std::max(0.0, judged - alone);
}

void show(const std::string& what, double measured, double bound, const char* unit = " ns") {
  const std::string figure = fmt::format("{:.2f}{}", measured, unit);
  const std::string demanded = fmt::format("<= {}{}", bound, unit);
  fmt::print("{:<52}{:>12}{:>14}{}\n", what, figure, demanded, measured <= bound ? "" : "  missed");
}

std::vector<Fault> open_ones(std::size_t count) {
  std::vector<Fault> rules;
  for (std::size_t i = 0; i < count; ++i) rules.push_back(drop(fmt::format("drop {}", i)));
  return rules;
}

/// A hundred rules, one of which is open at any time.
std::vector<Fault> one_after_the_other() {
  std::vector<Fault> rules = open_ones(100);
  for (std::size_t i = 0; i < rules.size(); ++i)
    rules[i].window = {.at = static_cast<Tick>(i) * kWindow, .length = kWindow};
  return rules;
}

std::vector<Fault> closed() {
  std::vector<Fault> rules = open_ones(1);
  rules[0].window.at = kHour;
  return rules;
}

}  // namespace

void run_faults() {
  constexpr std::uint32_t kFull = Batch::kMostBursts;
  fmt::print("{:<52}{:>12}{:>14}\n", "a message, of batches that are full", "measured", "demanded");
  show("no rule is open", cost(closed(), kFull), 1);
  for (const Fault& each : without_memory()) show(each.kind, cost({each}, kFull), 10);
  fmt::print("\na message, of batches of one burst\n");
  show("no rule is open", cost(closed(), 1), 100);
  for (const Fault& each : without_memory()) show(each.kind, cost({each}, 1), 100);
  for (const Fault& each : with_memory()) show(each.kind + ", with a memory", cost({each}, 1), 100);
  fmt::print("\nrules that are open, and others\n");
  const double one = cost(open_ones(1), kFull);
  for (const std::size_t count : {2, 4, 8, 16, 32})
    show(fmt::format("{} open ones: of so many times one", count),
         cost(open_ones(count), kFull) / (static_cast<double>(count) * one), 1.2, "x");
  show("100, of which one is open: of that one alone", cost(one_after_the_other(), kFull) / one, 1.2, "x");
}

}  // namespace hearsay::bench
