#include "tools/study/false_alarms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "theory/commit_chance.hpp"
#include "tools/print.hpp"
#include "tools/study/checked_pair.hpp"
#include "verdict/beta.hpp"
#include "verdict/planning.hpp"

namespace hearsay::study {
namespace {

constexpr std::array kAlphas = {1e-2, 1e-3, 1e-4};
constexpr double kAlpha = 1e-4;     // of checks of planted regressions
constexpr double kPower = 0.95;     // that they are made for
constexpr double kSurprise = 1e-5;  // counts rarer than this fail the study
constexpr std::uint32_t kPilotRuns = 10'000;

// Few nodes and rounds: every run takes some ten microseconds. Of all that is judged there is much that
// differs by chance.
constexpr const char* kGossip = R"(
world = "sim"
cluster.nodes = 5
gossip = { fanout = 2, rounds = 2, interval = "100ms" }
publish = { versions = 4, interval = "50ms", deadline = "2s" }
network.latency = "5ms..50ms"
[[fault]]
name = "loss"
kind = "drop"
probability = "25%"
[[fault]]
name = "copies"
kind = "duplicate"
probability = 0.2
[[expect]]
that = "commit_latency.p50 <= 150ms"
)";

constexpr const char* kKill = R"(
[[fault]]
name = "kill"
kind = "kill"
nodes = { count = 1 }
at = "120ms"
restart_after = "60ms"
)";

/// `count` things, on several threads; `visit` must bear that.
void for_each(std::uint32_t count, std::uint32_t jobs, const std::function<void(std::uint32_t)>& visit) {
  std::atomic<std::uint32_t> next = 0;
  const auto work = [&] {
    for (std::uint32_t i = next++; i < count; i = next++) visit(i);
  };
  std::vector<std::jthread> others;
  while (others.size() + 1 < jobs) others.emplace_back(work);
  work();
}

bool found(CheckedPair& pair, double alpha) {
  const std::vector<verdict::Finding> findings = pair.judge(alpha);
  return std::any_of(findings.begin(), findings.end(),
                     [](const verdict::Finding& finding) { return finding.regression; });
}

/// Checks of one system against itself.
bool same(std::string_view what, const std::string& text, std::uint32_t checks, const FalseAlarms& study) {
  const Contestant system = contestant(text);
  std::array<std::atomic<std::uint32_t>, kAlphas.size()> alarms{};
  std::atomic<std::uint32_t> suspected = 0;
  for_each(checks, study.jobs, [&](std::uint32_t number) {
    CheckedPair pair(system, system, study.runs, number);
    for (std::size_t i = 0; i < kAlphas.size(); ++i) alarms[i] += found(pair, kAlphas[i]) ? 1 : 0;
    const std::vector<verdict::Finding> findings = pair.judge(kAlphas[0]);
    suspected += std::any_of(findings.begin(), findings.end(),
                             [](const verdict::Finding& finding) { return finding.fresh.has_value(); })
                     ? 1
                     : 0;
  });
  tools::print(fmt::format("{}: {} checks of {} runs, 3 tests each\n", what, checks, study.runs));
  bool right = true;
  for (std::size_t i = 0; i < kAlphas.size(); ++i) {
    const double chance = verdict::binomial_at_least(alarms[i], checks, kAlphas[i]);
    right &= chance >= kSurprise;
    tools::print(
        fmt::format("  alpha {:<6g} {:>3} false alarms, {:g} allowed; so many or more have chance {:.3g}\n",
                    kAlphas[i], alarms[i].load(), kAlphas[i] * checks, chance));
  }
  const double stage = verdict::stage_alpha(kAlphas[0]);
  const double chance = verdict::binomial_at_least(suspected, checks, stage);
  right &= chance >= kSurprise;
  tools::print(fmt::format("  the first stage at {:g} suspected {}, {:g} allowed; chance {:.3g}\n", stage,
                           suspected.load(), stage * checks, chance));
  return right;
}

/// A regression, and how likely a pair of versions, or of runs, is to get worse and better.
struct Planted {
  std::string_view what;
  std::string before;
  std::string now;
  std::uint64_t pairs_a_run;
  double lost;
  double gained;
  std::size_t tests;
  verdict::Subject subject;
};

/// The least number of runs whose two stages find it with kPower together.
std::uint32_t runs_needed(const Planted& planted) {
  const double level = verdict::stage_alpha(kAlpha) / static_cast<double>(planted.tests);
  std::uint32_t runs = 1;
  while (verdict::chance_to_find_loss(runs * planted.pairs_a_run, planted.lost, planted.gained, level) <
         std::sqrt(kPower))
    ++runs;
  return runs;
}

bool is_found(const Planted& planted, const FalseAlarms& study) {
  const Contestant before = contestant(planted.before);
  const Contestant now = contestant(planted.now);
  const std::uint32_t runs = runs_needed(planted);
  std::atomic<std::uint32_t> finds = 0;
  for_each(study.planted, study.jobs, [&](std::uint32_t number) {
    CheckedPair pair(before, now, runs, kPilotRuns + number);
    finds += found(pair, kAlpha) ? 1 : 0;
  });
  const CheckedPair alike(before, before, runs, 1);
  const auto smallest =
      verdict::smallest_found(alike.before(), alike.now(), planted.subject, planted.tests, kAlpha, kPower);
  const double chance = verdict::binomial_at_most(finds, study.planted, kPower);
  tools::print(fmt::format(
      "{}: {} of {} found with {} runs, {:g} promised; so few or fewer have chance {:.3g}\n"
      "  a check of two that are alike says it would find {:.3f}\n",
      planted.what, finds.load(), study.planted, runs, kPower * study.planted, chance, smallest.value_or(1)));
  return chance >= kSurprise;
}

/// The loss at which the exact law has versions commit with this chance.
std::string gossip_that_commits(double chance) {
  const auto text = [](double loss) {
    return fmt::format(
        "world = 'sim'\ncluster.nodes = 5\ngossip = {{ fanout = 2, rounds = 5, interval = '100ms' }}\n"
        "publish = {{ versions = 4, interval = '50ms', deadline = '2s' }}\n"
        "[[fault]]\nname = 'loss'\nkind = 'drop'\nprobability = {:.9f}\n",
        loss);
  };
  double low = 0;
  double high = 1;
  while (high - low > 1e-9) {
    const double loss = (low + high) / 2;
    (*theory::commit_chance(contestant(text(loss)).scenario) > chance ? low : high) = loss;
  }
  return text(low);
}

/// One message a version, with a latency that is within 100 ms with this chance.
std::string message_in_time(double chance) {
  return fmt::format(
      "world = 'sim'\ncluster.nodes = 1\ngossip = {{ fanout = 1, rounds = 0 }}\n"
      "publish = {{ versions = 4, interval = '1s', deadline = '10s' }}\n"
      "network.latency = {{ distribution = 'exponential', mean = '{}us' }}\n"
      "[[expect]]\nthat = 'commit_latency.p99 <= 100ms'\n",
      std::lround(100'000 / -std::log1p(-chance)));
}

/// A tenth of all messages more: 1.2 times as many becomes 1.32.
std::string with_more_copies() {
  std::string text = kGossip;
  const std::string_view copies = "probability = 0.2";
  return text.replace(text.find(copies), copies.size(), "probability = 0.32");
}

/// Two rates that fall from 0.99 to 0.95, every version of a run a pair; messages, of which a pilot says how
/// often runs send more and less.
std::vector<Planted> planted_regressions() {
  using Kind = verdict::Subject::Kind;
  constexpr double kLost = 0.99 * 0.05;
  constexpr double kGained = 0.01 * 0.95;
  std::vector<Planted> all = {{"commit rate 0.99 to 0.95",
                               gossip_that_commits(0.99),
                               gossip_that_commits(0.95),
                               4,
                               kLost,
                               kGained,
                               2,
                               {Kind::commit_rate}},
                              {"commits within 100 ms 0.99 to 0.95",
                               message_in_time(0.99),
                               message_in_time(0.95),
                               4,
                               kLost,
                               kGained,
                               3,
                               {Kind::in_time, 100 * kMillisecond}},
                              {"messages + 10 %", kGossip, with_more_copies(), 1, 0, 0, 3, {Kind::messages}}};
  Planted& messages = all.back();
  const Contestant before = contestant(messages.before);
  const Contestant now = contestant(messages.now);
  const verdict::Pairs pilot = CheckedPair(before, now, kPilotRuns, 0).tests().back().pairs;
  messages.lost = static_cast<double>(pilot.lost) / static_cast<double>(pilot.count);
  messages.gained = static_cast<double>(pilot.gained) / static_cast<double>(pilot.count);
  return all;
}

}  // namespace

bool run_false_alarms(const FalseAlarms& study) {
  const std::uint32_t half = study.checks / 2;
  bool right = same("independent versions", kGossip, half, study);
  right &= same("versions that share a kill", std::string(kGossip) + kKill, study.checks - half, study);
  for (const Planted& planted : planted_regressions()) right &= is_found(planted, study);
  return right;
}

}  // namespace hearsay::study
