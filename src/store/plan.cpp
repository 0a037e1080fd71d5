#include "store/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/check.hpp"
#include "base/errors.hpp"

namespace hearsay::store {
namespace {

[[noreturn]] void refuse(const Database& database, const std::string& why) {
  database.refuse("is damaged: " + why);
}

void read_cells(Database& database, Stored& stored) {
  std::map<std::int64_t, std::size_t> places;
  Statement cells = database.prepare("SELECT cell FROM cells ORDER BY place");
  while (cells.next()) {
    stored.numbers.push_back(cells.take_number());
    places[stored.numbers.back()] = places.size();
  }
  stored.plan.cells.resize(stored.numbers.size());
  Statement settings = database.prepare("SELECT cell, key, value FROM settings ORDER BY cell, position");
  while (settings.next()) {
    const std::size_t place = places.at(settings.take_number());
    std::string key = settings.take_text();
    stored.plan.cells[place].push_back({std::move(key), settings.take_text()});
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The first line of a text that another has not; empty: it has all.
std::string first_not_in(const std::string& other, const std::string& text) {
  const std::vector<std::string> others = lines_of(other);
  const std::vector<std::string> lines = lines_of(text);
  const auto found = std::ranges::find_if(
      lines, [&](const std::string& line) { return std::ranges::find(others, line) == others.end(); });
  return found == lines.end() ? "" : *found;
}

std::string shown(const std::string& line) { return line.empty() ? "nothing" : "`" + line + "`"; }

std::string in_us(const std::optional<Duration>& span) { return span ? fmt::format("{} µs", *span) : "none"; }

}  // namespace

std::string to_string(const Settings& settings) {
  std::string text;
  for (const Setting& setting : settings)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", setting.key, setting.value);
  return text;
}

Stored read_plan(Database& database) {
  Stored stored;
  Statement row = database.prepare("SELECT program, command, file, scenario, repeat, max_lag_us FROM sweep");
  if (!row.next()) refuse(database, "it does not say what was measured");
  Plan& plan = stored.plan;
  plan.program = row.take_text();
  plan.command = row.take_text();
  plan.file = row.take_text();
  plan.scenario = row.take_text();
  plan.repeat = static_cast<std::uint32_t>(row.take_number());
  if (!row.next_is_null()) plan.max_lag = row.take_number();
  read_cells(database, stored);
  if (plan.cells.empty()) refuse(database, "it has no cells");
  if (std::set(plan.cells.begin(), plan.cells.end()).size() != plan.cells.size())
    refuse(database, "two cells are alike");
  return stored;
}

void write_plan(Database& database, const Plan& plan) {
  Statement insertion = database.prepare("INSERT INTO sweep VALUES (1, ?, ?, ?, ?, ?, ?)");
  insertion.bind(plan.program);
  insertion.bind(plan.command);
  insertion.bind(plan.file);
  insertion.bind(plan.scenario);
  insertion.bind(std::int64_t{plan.repeat});
  plan.max_lag ? insertion.bind(*plan.max_lag) : insertion.bind_null();
  insertion.execute();
}

void write_names(Database& database, const Plan& plan) {
  Statement update =
      database.prepare("UPDATE sweep SET (command, file) = (?1, ?2) WHERE (command, file) IS NOT (?1, ?2)");
  update.bind(plan.command);
  update.bind(plan.file);
  update.execute();
}

void write_cells(Database& database, const Plan& plan, const Stored& stored) {
  std::map<Settings, std::int64_t> numbers;
  for (std::size_t i = 0; i < stored.numbers.size(); ++i) numbers[stored.plan.cells[i]] = stored.numbers[i];
  database.run("DELETE FROM settings; DELETE FROM cells");
  Statement cell = database.prepare("INSERT INTO cells VALUES (?, ?)");
  Statement setting = database.prepare("INSERT INTO settings VALUES (?, ?, ?, ?)");
  std::int64_t next = stored.numbers.empty() ? 0 : 1 + *std::ranges::max_element(stored.numbers);
  for (std::size_t place = 0; place < plan.cells.size(); ++place) {
    const auto known = numbers.find(plan.cells[place]);
    const std::int64_t number = known != numbers.end() ? known->second : next++;
    cell.bind(number);
    cell.bind(static_cast<std::int64_t>(place));
    cell.execute();
    for (std::size_t i = 0; i < plan.cells[place].size(); ++i) {
      setting.bind(number);
      setting.bind(static_cast<std::int64_t>(i));
      setting.bind(plan.cells[place][i].key);
      setting.bind(plan.cells[place][i].value);
      setting.execute();
    }
  }
}

std::optional<std::string> difference(const Plan& stored, const Plan& asked) {
  if (stored.program != asked.program)
    return fmt::format("it was begun by {}; this is {}, which may measure otherwise", stored.program,
                       asked.program);
  if (stored.scenario != asked.scenario) {
    return fmt::format("its scenario has {} where this one has {}",
                       shown(first_not_in(asked.scenario, stored.scenario)),
                       shown(first_not_in(stored.scenario, asked.scenario)));
  }
  if (stored.repeat != asked.repeat)
    return fmt::format("its cells have --repeat {}, not {}", stored.repeat, asked.repeat);
  if (stored.max_lag != asked.max_lag)
    return fmt::format("its --max-lag is {}, not {}", in_us(stored.max_lag), in_us(asked.max_lag));
  const std::set<Settings> cells(asked.cells.begin(), asked.cells.end());
  const auto missing =
      std::ranges::find_if(stored.cells, [&](const Settings& cell) { return !cells.contains(cell); });
  if (missing == stored.cells.end()) return {};
  return fmt::format("it has the cell {}, which this grid has not", to_string(*missing));
}

}  // namespace hearsay::store
