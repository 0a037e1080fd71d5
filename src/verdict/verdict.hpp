#pragma once

// From what was measured to pass, fail or inconclusive.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"
#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// In rank order: the worst of several is the least.
enum class Verdict { fail, inconclusive, pass };

std::string_view to_string(Verdict verdict);

enum class Metric {
  commit_rate,     ///< share of versions that commit (`within` a time, if given): a rate
  commit_latency,  ///< its pNN <= T is judged as the rate "at least NN % commit within T", its pNN >= T as
                   ///< "at most NN % commit in less than T"; min and max are facts
  lost,
  coverage,
  messages,  ///< messages.sent, .delivered, … .per_version, .redundancy
  fault,     ///< fault.NAME.hit, fault.NAME.eligible
  recovery,  ///< from when the faults healed until every node that is up holds every version published before
};

enum class Comparison { at_least, at_most, above, below, equal };

/// A condition on the outcome, read from a text such as `commit_rate(within = "5s") >= 99%`.
struct Condition {
  Metric metric = Metric::lost;
  std::string field;    ///< "p99", "min", "max" of latencies; "sent" … of messages; "hit" of faults
  std::string fault;    ///< the name, for Metric::fault
  double quantile = 0;  ///< 0.99 for p99; 0: no quantile
  std::optional<Duration> within;
  Comparison comparison = Comparison::at_least;
  double bound = 0;  ///< shares as 0..1, durations in microseconds, counts as they are

  /// Judged by limits that hold at a confidence; all else is a fact, judged as observed.
  bool is_time() const { return metric == Metric::commit_latency || metric == Metric::recovery; }
  bool is_rate() const { return metric == Metric::commit_rate || quantile > 0; }
};

/// Those of all expectations of a scenario, in their order. Throws InputError.
std::vector<Condition> conditions(const scenario::Scenario& scenario);

/// Reads the text of an expectation. Throws InputError placed at the very character that is wrong (`where` is
/// that of the text's first character), saying what is allowed there. Rates take >= and <= only;
/// `faults` are the names that fault.NAME may name.
Condition parse_condition(std::string_view text, const Location& where,
                          const std::vector<std::string>& faults);

/// Wald's test, as it judged an expectation.
struct SequentialTest {
  double indifference;
  double false_alarm;                     ///< how often, at most, it errs on a rate as good as expected,
  double miss;                            ///< and on one as bad as the indifference
  std::optional<std::uint64_t> versions;  ///< how many decided it; nothing: nothing is decided
};

/// One expectation, judged.
struct Judged {
  std::string that;
  std::optional<double> observed;    ///< in the JSON's unit (rates 0..1, latencies in ms); nothing: a lost
                                     ///< version's latency, or nothing was observed
  std::optional<Interval> interval;  ///< of commit_rate, two-sided at the expectation's confidence
  double confidence = 0.95;
  Verdict verdict = Verdict::inconclusive;
  std::string why;          ///< one sentence for people; for an inconclusive one, what would decide it
  std::string during = {};  ///< the phase it is about; empty: all of the run
  scenario::Severity severity = scenario::Severity::fail;  ///< a warning has no say in the result's verdict
  std::optional<double> alpha = {};         ///< of a rate under a budget of false alarms: its part of it
  std::optional<SequentialTest> test = {};  ///< what judged it in place of limits, if anything did
};

/// The verdict on one result.
struct Judgement {
  Verdict verdict = Verdict::pass;
  std::vector<Judged> expectations;
  std::vector<std::string> reasons;  ///< why the verdict is at best inconclusive, whatever the expectations
                                     ///< say: an interruption, the machine's lag, faults without a hit
  std::vector<std::string> bugs;     ///< what only a bug in Hearsay explains; the verdict is then at best
                                     ///< inconclusive, and the exit code that of a bug
};

struct JudgeOptions {
  std::optional<Duration> max_lag = {};  ///< default: a tenth of the smallest of gossip interval and latency
                                         ///< bounds
  std::vector<double> alphas = {};  ///< by expectation, the error with which a rate may fail: its part of a
                                    ///< budget of false alarms. Default: 1 - its confidence
};

/// Whether every rate that `scenario` expects has passed or failed by what `outcome` shows. Throws InputError
/// for an expectation that cannot be read.
bool rates_decided(const scenario::Scenario& scenario, const measure::Outcome& outcome,
                   const JudgeOptions& options = {});

/// Judges `outcome` by the expectations of `scenario`, its faults' evidence and the machine's lag. Throws
/// InputError for an expectation that cannot be read.
Judgement judge(const scenario::Scenario& scenario, const measure::Outcome& outcome,
                const JudgeOptions& options = {});

}  // namespace hearsay::verdict
