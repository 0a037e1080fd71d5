#include <nlohmann/json.hpp>

#include "report/check.hpp"
#include "report/figures.hpp"
#include "report/result_object.hpp"

namespace hearsay::report {
namespace {

using Json = nlohmann::ordered_json;

Json pairs(const verdict::Change& change, std::optional<double> adjusted_p_value) {
  return {{"baseline", change.before},
          {"now", change.now},
          {"pairs", change.pairs.count},
          {"worse", change.pairs.lost},
          {"better", change.pairs.gained},
          {"p_value", change.p_value()},
          {"adjusted_p_value", adjusted_p_value ? Json(*adjusted_p_value) : Json()}};
}

Json subject(const CheckedSubject& checked) {
  const verdict::Finding& finding = checked.finding;
  const auto& interval = checked.effect.interval;
  Json shown = {{"subject", verdict::to_string(checked.subject)}, {"unit", to_string(checked.change.unit)}};
  shown.update(
      pairs(checked.change, checked.judged ? std::optional(finding.adjusted_p_value) : std::nullopt));
  shown["difference"] = checked.effect.difference;
  shown["low"] = interval ? Json(interval->low) : Json();
  shown["high"] = interval ? Json(interval->high) : Json();
  shown["confidence"] = kCheckConfidence;
  shown["fresh"] = finding.fresh ? pairs(*finding.fresh, finding.adjusted_fresh_p_value) : Json();
  shown["smallest"] = checked.smallest ? Json(*checked.smallest) : Json();
  shown["power"] = kCheckPower;
  shown["regression"] = finding.regression;
  shown["seed"] = checked.worst ? Json(checked.worst->seed) : Json();
  shown["show"] = checked.show.empty() ? Json() : Json(checked.show);
  return shown;
}

Json object(const Check& check) {
  Json subjects = Json::array();
  for (const CheckedSubject& checked : check.subjects) subjects.push_back(subject(checked));
  Json shown = result_object(check.result);
  shown["check"] = {
      {"against", check.against}, {"alpha", check.alpha},     {"verdict", verdict::to_string(check.verdict)},
      {"told", check.told},       {"reasons", check.reasons}, {"subjects", subjects}};
  return shown;
}

}  // namespace

std::string to_json(const Checks& checks) {
  Json all = Json::array();
  for (const Check& check : checks.all) all.push_back(object(check));
  return json_text(all);
}

}  // namespace hearsay::report
