#include <fmt/format.h>

#include "report/limit.hpp"
#include "report/table.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::report {
namespace {

std::string_view finding(verdict::Verdict verdict) {
  switch (verdict) {
    case verdict::Verdict::pass:
      return "holds";
    case verdict::Verdict::fail:
      return "fails";
    case verdict::Verdict::inconclusive:
      break;
  }
  return "too close to tell";
}

std::string rate(const Place& place) {
  if (place.versions == 0) return "-";
  return scenario::format_share(static_cast<double>(place.committed) / static_cast<double>(place.versions));
}

std::string answer(const Limit& limit) {
  const std::string that = scenario::escaped(limit.until);
  const std::string key = scenario::escaped(limit.key);
  if (limit.holds && limit.fails)
    return fmt::format("{} holds at {} = {} and fails at {}: the breaking point is between them", that, key,
                       *limit.holds, *limit.fails);
  if (limit.holds)
    return fmt::format("{} holds at {} = {}; no place was found where it fails", that, key, *limit.holds);
  if (limit.fails)
    return fmt::format("{} fails at {} = {}; no place was found where it holds", that, key, *limit.fails);
  return fmt::format("no place was found where {} holds, and none where it fails", that);
}

}  // namespace

std::string to_text(const Limit& limit, const TextStyle& style) {
  Table table({{limit.key, Align::right},
               {"runs", Align::right},
               {"committed", Align::right},
               {"rate", Align::right},
               {"", Align::left}});
  for (const Place& place : limit.places)
    table.add({place.value, fmt::to_string(place.runs), fmt::format("{}/{}", place.committed, place.versions),
               rate(place), coloured(place.verdict, finding(place.verdict), style)});
  return fmt::format("{}\n{}, with {} confidence.\n{}", table.text(""), answer(limit),
                     scenario::format_share(limit.confidence),
                     limit.interrupted ? "The search was interrupted.\n" : "");
}

}  // namespace hearsay::report
