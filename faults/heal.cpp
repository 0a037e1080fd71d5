#include "faults/heal.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "base/random_duration.hpp"
#include "faults/kinds.hpp"
#include "faults/restarts.hpp"

namespace hearsay::faults {
namespace {

/// The longest that its nodes stay down after it acts on them, where they come up again.
std::optional<Duration> down_for(const scenario::Fault& rule) {
  if (rule.ramps(kRestart)) return static_cast<Duration>(std::max(rule.ramp->from, rule.ramp->to));
  if (!rule.has(kRestart)) return {};
  const auto constant = std::get_if<Duration>(&rule.parameters.find(kRestart)->second);
  return constant != nullptr ? *constant : RandomDuration(rule.get<DurationModel>(kRestart)).most();
}

std::optional<Tick> heal(const scenario::Fault& rule) {
  const bool lasting = kind_of(rule).known.lasting;
  const std::optional<Duration> down = down_for(rule);
  const bool closes = lasting ? rule.window.length != kNever : down.has_value();
  if (!closes || rule.window.every != 0) return {};
  return rule.window.at + (lasting ? rule.window.length : 0) + down.value_or(0);
}

}  // namespace

std::optional<Tick> heal(const scenario::Scenario& scenario) {
  std::optional<Tick> last;
  for (const scenario::Fault& rule : scenario.faults) last = std::max(last, heal(rule));
  return last;
}

}  // namespace hearsay::faults
