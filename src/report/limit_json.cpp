#include <nlohmann/json.hpp>

#include "report/limit.hpp"
#include "report/result_object.hpp"

namespace hearsay::report {
namespace {

using Json = nlohmann::ordered_json;

Json places(const Limit& limit) {
  Json all = Json::array();
  for (const Place& place : limit.places)
    all.push_back({{"value", place.value},
                   {"runs", place.runs},
                   {"versions", place.versions},
                   {"committed", place.committed},
                   {"verdict", verdict::to_string(place.verdict)}});
  return all;
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

}  // namespace

std::string to_json(const Limit& limit) {
  return json_text({{"schema", "hearsay/limit/1"},
                    {"scenario", limit.scenario},
                    {"file", limit.file},
                    {"world", limit.world},
                    {"seed", limit.seed},
                    {"key", limit.key},
                    {"until", limit.until},
                    {"confidence", limit.confidence},
                    {"holds", or_null(limit.holds)},
                    {"fails", or_null(limit.fails)},
                    {"interrupted", limit.interrupted},
                    {"places", places(limit)}});
}

}  // namespace hearsay::report
