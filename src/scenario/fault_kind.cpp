#include "scenario/fault_kind.hpp"

#include <fmt/format.h>

#include "scenario/text.hpp"

namespace hearsay::scenario {

std::vector<Misfit> exactly_one_of(const Fault& fault, const std::vector<std::string_view>& parameters) {
  const std::string either = "one of " + listed(parameters, "and");
  std::string_view first;
  for (const std::string_view parameter : parameters) {
    if (!fault.has(parameter) && !fault.ramps(parameter)) continue;
    if (!first.empty())
      return {{parameter, fmt::format("cannot stand beside {}: one or the other", quote(first)), either}};
    first = parameter;
  }
  if (!first.empty()) return {};
  return {{"", "needs " + either, either}};
}

}  // namespace hearsay::scenario
