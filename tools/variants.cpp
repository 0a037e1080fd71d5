#include "tools/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "runs/at_once.hpp"
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

/// Reads a scenario with settings on top of what it says.
using ReadWith = std::function<Scenario(const std::vector<std::string>& settings)>;

/// A scenario under one row. Whether it has a fault called loss is only known once it is read.
Scenario read_row(const Scenario& plain, const ReadWith& read, const std::vector<Setting>& row) {
  const bool adds_loss = !has_loss(plain);
  std::vector<std::string> settings;
  for (const Setting& setting : row)
    if (setting.key != kLossKey || !adds_loss) settings.push_back(setting.key + "=" + setting.value);
  Scenario scenario = read(settings);
  for (const Setting& setting : row)
    if (setting.key == kLossKey && adds_loss) add_loss(scenario, setting.value);
  return scenario;
}

std::vector<Variant> read_rows(const Scenario& plain, const ReadWith& read,
                               const std::vector<std::vector<Setting>>& rows) {
  constexpr std::size_t kWorthAThread = 32;
  std::vector<Variant> variants(rows.size());
  runs::for_each_at_once(rows.size(), kWorthAThread, [&](std::size_t i) {
    variants[i] = {rows[i], read_row(plain, read, rows[i])};
  });
  return variants;
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

void GridOptions::add_to(CLI::App& command) {
  add_repeatable(command, "--vary", vary,
                 "Give a key several values: a list, gossip.fanout=2,3,4, or a range, "
                 "'fault.bad wifi.probability=0..70%:10%'; several make a grid")
      ->type_name("KEY=VALUES");
  command
      .add_option("--loss", loss,
                  "Vary the probability of the fault called loss, 0..70%:10%; where there is none, add one "
                  "that drops messages from start to end")
      ->type_name("SHARES");
}

std::string GridOptions::options() const {
  std::string text;
  for (const std::string& axis : vary) text += " --vary " + shell_word(axis);
  if (loss) text += " --loss " + shell_word(*loss);
  return text;
}

std::vector<std::vector<Setting>> GridOptions::rows() const {
  std::vector<Axis> axes;
  for (const std::string& text : vary) axes.push_back(parse_axis(text));
  if (loss) axes.push_back(parse_loss(*loss));
  return grid(axes);
}

std::vector<Variant> variants(const std::vector<std::string>& paths, const Overrides& overrides,
                              const std::vector<std::vector<Setting>>& rows) {
  std::vector<Variant> all;
  for (const Scenario& plain : load(paths, overrides.settings())) {
    const ReadWith read = [&](const std::vector<std::string>& more) {
      std::vector<std::string> settings = overrides.settings();
      settings.insert(settings.end(), more.begin(), more.end());
      return std::move(load({plain.file}, settings).front());
    };
    for (Variant& variant : read_rows(plain, read, rows)) all.push_back(std::move(variant));
  }
  for (Variant& variant : all)
    if (!varies_seed(variant.settings)) variant.scenario.seed = all.front().scenario.seed;
  return all;
}

std::vector<Variant> variants_of_text(const std::string& text, const std::string& file,
                                      const std::vector<std::vector<Setting>>& rows) {
  const ReadWith read = [&](const std::vector<std::string>& settings) {
    return load_text(text, file, settings);
  };
  return read_rows(read({}), read, rows);
}

namespace {

/// What `text` says of every row, after a comma; nothing where it says another thing of another.
template <typename Text>
std::string if_common(const std::vector<Variant>& variants, Text text) {
  const std::string of_first = text(variants.front().scenario);
  const bool common = std::all_of(variants.begin(), variants.end(),
                                  [&](const Variant& variant) { return text(variant.scenario) == of_first; });
  return common ? ", " + of_first : "";
}

}  // namespace

std::string in_common(const std::vector<Variant>& variants, std::uint32_t repeat) {
  using scenario::Scenario;
  std::string all =
      if_common(variants, [](const Scenario& each) { return fmt::format("seed {}", each.seed); });
  all += if_common(variants, [](const Scenario& each) { return "world " + each.world; });
  all += if_common(variants,
                   [](const Scenario& each) { return fmt::format("{} versions", each.publish.versions); });
  if (repeat > 1) all += fmt::format(", {} runs each", repeat);
  return all;
}

}  // namespace hearsay::tools
