#include "faults/span.hpp"

namespace hearsay::faults {

Span::Span(const scenario::Fault& rule, std::string_view parameter)
    : drawn_(rule.ramps(parameter) ? DurationModel{} : rule.get<DurationModel>(parameter)) {
  if (rule.ramps(parameter)) ramping_ = Ramping::of_duration(rule);
}

}  // namespace hearsay::faults
