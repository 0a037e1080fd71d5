#include "tools/variants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/reader.hpp"
#include "scenario/text.hpp"
#include "scenario/toml.hpp"
#include "scenario/units.hpp"
#include "tools/load.hpp"

namespace hearsay::tools {
namespace {

using report::Setting;
using scenario::Scenario;

constexpr const char* kLossName = "loss";

bool has_loss(const Scenario& scenario) {
  return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                     [](const scenario::Fault& fault) { return fault.name == kLossName; });
}

void add_loss(Scenario& scenario, const std::string& probability) {
  const Location where{"--loss " + probability};
  const std::string rule =
      fmt::format(R"([{{ name = "{}", kind = "drop", probability = "{}" }}])", kLossName, probability);
  const auto rules = scenario::parse_value(rule, where);
  for (scenario::Fault& fault : scenario::read_faults(*rules->as<scenario::Array>(), scenario, known()))
    scenario.faults.push_back(std::move(fault));
  validate(scenario);
}

/// A scenario under one row. Whether it has a fault called loss is only known once it is read.
Scenario load_row(const Scenario& plain, std::vector<std::string> settings, const std::vector<Setting>& row) {
  const bool adds_loss = !has_loss(plain);
  for (const Setting& setting : row)
    if (setting.key != kLossKey || !adds_loss) settings.push_back(setting.key + "=" + setting.value);
  Scenario scenario = std::move(load({plain.file}, settings).front());
  for (const Setting& setting : row)
    if (setting.key == kLossKey && adds_loss) add_loss(scenario, setting.value);
  return scenario;
}

bool varies_seed(const std::vector<Setting>& row) {
  return std::any_of(row.begin(), row.end(), [](const Setting& setting) { return setting.key == "seed"; });
}

}  // namespace

Axis parse_loss(const std::string& text) {
  const std::string what = "--loss " + scenario::shortened(text);
  Axis axis{kLossKey, parse_values(text, what)};
  for (const std::string& value : axis.values)
    if (!scenario::parse_share(value))
      scenario::fail({what},
                     fmt::format("{} is no share; write one from 0 to 1 or from 0% to 100%, several as "
                                 "0,10%,50% or 0..70%:10%",
                                 scenario::quote(value)));
  return axis;
}

std::vector<Variant> variants(const std::vector<std::string>& paths, const Overrides& overrides,
                              const std::vector<std::vector<Setting>>& rows) {
  std::vector<Variant> all;
  for (const Scenario& plain : load(paths, overrides.settings()))
    for (const std::vector<Setting>& row : rows)
      all.push_back({row, load_row(plain, overrides.settings(), row)});
  for (Variant& variant : all)
    if (!varies_seed(variant.settings)) variant.scenario.seed = all.front().scenario.seed;
  return all;
}

}  // namespace hearsay::tools
