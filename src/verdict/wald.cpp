#include "verdict/wald.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/units.hpp"
#include "verdict/sprt.hpp"

namespace hearsay::verdict {
namespace {

using scenario::format_share;

/// Of the chance of what should happen: of commits, or of their absence where there should be few.
Sprt test_of(const Demand& demand, const WaldTerms& terms) {
  const auto chance = [&](double rate) { return demand.at_least ? rate : 1 - rate; };
  return Sprt(
      with_errors_at_most(chance(demand.bound), chance(terms.indifference), terms.false_alarm, terms.miss));
}

std::string rarely(double error) { return fmt::format("{:.3g}%", 100 * error); }

std::string side(const Demand& demand, double rate, bool good) {
  return fmt::format("{} or {}", format_share(rate), demand.at_least == good ? "more" : "less");
}

std::string deciding(const WaldFinding& finding, const Demand& demand, const Sprt& test) {
  const std::uint64_t good = demand.at_least ? finding.committed : finding.trials - finding.committed;
  const std::uint64_t more = test.successes_to_good(good, finding.trials);
  const std::string versions =
      fmt::format("{} more {}version{}", more, demand.at_least ? "clean " : "", more == 1 ? "" : "s");
  if (demand.at_least) return versions + " would decide it";
  return fmt::format("{} without a commit{} would decide it", versions, demand.in_time);
}

}  // namespace

WaldFinding test_by_wald(const Demand& demand, const measure::Outcome& outcome, const WaldTerms& terms) {
  const Sprt test = test_of(demand, terms);
  WaldFinding finding;
  double most_evidence = 0;  // against a good rate
  for (const measure::VersionRecord& version : outcome.versions) {
    if (version.end == measure::End::open) continue;
    ++finding.trials;
    if (version.latency() <= demand.within) ++finding.committed;
    const std::uint64_t good = demand.at_least ? finding.committed : finding.trials - finding.committed;
    most_evidence = std::max(most_evidence, test.evidence_of_bad(good, finding.trials));
    const Sprt::Decision decision = test.decide(good, finding.trials);
    if (decision == Sprt::Decision::none) continue;
    finding.verdict = decision == Sprt::Decision::good ? Verdict::pass : Verdict::fail;
    break;
  }
  finding.p_value = std::exp(-most_evidence);
  return finding;
}

std::string explain(const WaldFinding& finding, const Demand& demand, const WaldTerms& terms) {
  if (finding.trials == 0) return "no version has settled";
  const std::string seen =
      fmt::format("{} of {} versions committed{}", finding.committed, finding.trials, demand.in_time);
  const std::string good = side(demand, demand.bound, true);
  const std::string bad = side(demand, terms.indifference, false);
  switch (finding.verdict) {
    case Verdict::pass:
      return fmt::format("{}, so many decide for {} against {}: wrong for at most {} of systems that bad",
                         seen, good, bad, rarely(terms.miss));
    case Verdict::fail:
      return fmt::format("{}, so many decide for {} against {}: wrong for at most {} of systems that good",
                         seen, bad, good, rarely(terms.false_alarm));
    case Verdict::inconclusive:
      break;
  }
  return fmt::format("{}, which does not decide between {} (errs in at most {}) and {} (in at most {}); {}",
                     seen, good, rarely(terms.false_alarm), bad, rarely(terms.miss),
                     deciding(finding, demand, test_of(demand, terms)));
}

}  // namespace hearsay::verdict
