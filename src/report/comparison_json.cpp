#include <nlohmann/json.hpp>

#include "report/comparison.hpp"
#include "report/result_object.hpp"

namespace hearsay::report {
namespace {

using Json = nlohmann::ordered_json;

Json settings(const Row& row) {
  Json all = Json::object();
  for (const Setting& setting : row.settings) all[setting.key] = setting.value;
  return all;
}

Json versus_reference(const std::optional<Standing>& standing) {
  if (!standing) return nullptr;
  const verdict::Contrast& contrast = standing->contrast;
  return {{"commit_rate",
           {{"difference", contrast.difference},
            {"low", contrast.interval.low},
            {"high", contrast.interval.high},
            {"confidence", kComparisonConfidence}}},
          {"p_value", contrast.p_value()},
          {"adjusted_p_value", standing->placing.adjusted_p_value},
          {"standing", verdict::to_string(standing->placing.standing)}};
}

Json object(const Row& row) {
  Json shown = result_object(row.result);
  shown["settings"] = settings(row);
  shown["reference"] = row.reference;
  shown["versus_reference"] = versus_reference(row.standing);
  shown["theory"] = row.theory ? Json({{"commit_rate", *row.theory}}) : Json();
  shown["winner"] = row.winner;
  return shown;
}

}  // namespace

std::string to_json(const Comparison& comparison) {
  Json all = Json::array();
  for (const Row& row : comparison.rows) all.push_back(object(row));
  return json_text(all);
}

}  // namespace hearsay::report
