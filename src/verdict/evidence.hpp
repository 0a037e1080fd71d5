#pragma once

// What keeps a verdict from pass whatever the expectations say.

#include <optional>
#include <string>
#include <vector>

#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

/// One sentence for each fault that could have hit and did not, saying why.
std::vector<std::string> faults_without_hit(const scenario::Scenario& scenario,
                                            const measure::Outcome& outcome);

/// One sentence for each fault with independent draws whose hits are so far from what its chance gives that,
/// were it right, not one result in 10^9 would be. Only a bug explains that.
std::vector<std::string> faults_off_their_chance(const measure::Outcome& outcome);

/// Why rates and latencies tell of the machine and not of the gossip; nothing if they do not. The default of
/// `max_lag`: a tenth of the smallest of the gossip interval and the latency bounds of `conditions`.
std::optional<std::string> machine_too_late(const scenario::Scenario& scenario,
                                            const std::vector<Condition>& conditions,
                                            const std::optional<measure::Lag>& lag,
                                            std::optional<Duration> max_lag);

}  // namespace hearsay::verdict
