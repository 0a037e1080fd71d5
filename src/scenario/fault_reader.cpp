#include "scenario/fault_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "scenario/fields.hpp"
#include "scenario/phase.hpp"
#include "scenario/ramp_reader.hpp"
#include "scenario/text.hpp"
#include "scenario/toml.hpp"
#include "scenario/window_reader.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::size_t kMostFaults = 250;

std::vector<std::string_view> names_of(const std::vector<FaultKind>& kinds) {
  std::vector<std::string_view> names;
  names.reserve(kinds.size());
  for (const FaultKind& kind : kinds) names.push_back(kind.declaration.name);
  return names;
}

/// `fault "wifi"`, or `fault 2` (from 1) for one without a name.
std::string title_of(const Table& table, std::size_t index) {
  const Text* name = table.find_text("name");
  const bool named = name != nullptr && !name->text.empty();
  return named ? "fault " + quote(name->text) : fmt::format("fault {}", index + 1);
}

/// Reads one [[fault]].
class FaultReader {
 public:
  FaultReader(const Table& table, const Location& where, const std::string& title, const Setting& setting,
              std::vector<Problem>& problems)
      : table_(table),
        title_(title),
        setting_(setting),
        problems_(problems),
        fields_(table, where, " in " + title, problems) {
    fault_.where = where;
    fault_.written = table;
  }

  Fault read() {
    const std::size_t before = problems_.size();
    if (fields_.require("name", fault_name(), fault_.name)) refuse_names_of_phases();
    fields_.require("kind", choice(names_of(setting_.kinds)), fault_.kind);
    const auto kind = std::find_if(setting_.kinds.begin(), setting_.kinds.end(), [&](const FaultKind& known) {
      return known.declaration.name == fault_.kind;
    });
    if (kind == setting_.kinds.end()) {
      read_window(true);
      fields_.accept_others();
    } else {
      find_ramp(*kind);
      read_parameters(kind->declaration);
      read_selectors(*kind);
      read_window(kind->lasting);
      for (const std::string_view end : {"for", "until"})
        if (!kind->lasting) refuse_key(end, fault_.kind + " acts at an instant", "\"at\" and \"every\"");
      read_limit();
      if (!kind->ramps.empty()) fields_.find("ramp");
    }
    fields_.finish();
    if (problems_.size() == before && kind->check != nullptr)
      for (const Misfit& misfit : kind->check(fault_)) refuse(misfit);
    return std::move(fault_);
  }

 private:
  void refuse(const Misfit& misfit) {
    if (const Member* member = table_.find(misfit.key))
      fields_.refuse(*member, misfit.why, misfit.allowed);
    else
      problems_.push_back({fault_.where, fmt::format("{} {}", title_, misfit.why), misfit.allowed});
  }

  void refuse_names_of_phases() {
    const bool warmup = fault_.name == kWarmup && setting_.course.opens > 0;
    const bool settle = fault_.name == kSettle && setting_.course.closes != kNever;
    if (warmup || settle)
      fields_.refuse(*fields_.find("name"), "is the name of a phase that [run] has", "another name");
  }

  /// Before the parameters, since what is ramped must not be written besides.
  void find_ramp(const FaultKind& kind) {
    if (table_.find("ramp") == nullptr) return;
    if (kind.ramps.empty())
      refuse_key("ramp", fault_.kind + " has nothing that a ramp changes", "no ramp");
    else
      fault_.ramp = read_ramp(fields_, kind, title_, problems_);
  }

  void read_parameters(const Declaration& declaration) {
    for (const Parameter& parameter : declaration.parameters) {
      if (fault_.ramps(parameter.name)) {
        if (const Member* member = fields_.find(parameter.name))
          fields_.refuse(*member, "cannot stand beside a ramp of it: one or the other",
                         fmt::format("one of {} and \"ramp\"", quote(parameter.name)));
        continue;
      }
      const Kind<Value> kind = value_of(parameter, setting_.members);
      Value value;
      if (parameter.fallback.empty()) {
        if (fields_.require(parameter.name, kind, value)) put(parameter, std::move(value));
      } else if (!written(parameter)) {
        if (!none(parameter.fallback)) put(parameter, fallback_of(parameter, kind));
      } else if (fields_.read(parameter.name, kind, value)) {
        put(parameter, std::move(value));
      }
    }
  }

  static bool none(std::string_view text) { return text == "never" || text == "none"; }

  /// "never" or "none", where it is the default, is as good as not written.
  bool written(const Parameter& parameter) {
    if (fields_.find(parameter.name) == nullptr) return false;
    const Text* text = table_.find_text(parameter.name);
    return !none(parameter.fallback) || text == nullptr || text->text != parameter.fallback;
  }

  static Value fallback_of(const Parameter& parameter, const Kind<Value>& kind) {
    const std::optional<Node> node = parse_value(parameter.fallback, {});
    Reading<Value> reading = node ? kind.read(*node) : Reading<Value>{};
    HEARSAY_CHECK(reading.value.has_value(), "bad default of parameter " + std::string(parameter.name));
    return *std::move(reading.value);
  }

  void put(const Parameter& parameter, Value value) {
    fault_.parameters.insert_or_assign(std::string(parameter.name), std::move(value));
  }

  void read_selectors(const FaultKind& kind) {
    if (kind.on_messages && kind.on_links) {
      fields_.read("from", selector(Selects::senders, setting_.members), fault_.from);
      fields_.read("to", selector(Selects::receivers, setting_.members), fault_.to);
    } else {
      const std::string why =
          fault_.kind + (kind.on_messages ? " has \"between\" instead" : " acts on nodes, not on messages");
      const std::string allowed = kind.on_messages ? "\"between\"" : "\"nodes\"";
      refuse_key("from", why, allowed);
      refuse_key("to", why, allowed);
    }
  }

  void read_window(bool lasting) { fault_.window = scenario::read_window(fields_, lasting, setting_.course); }

  void read_limit() {
    std::uint64_t limit = 0;
    if (fields_.read("limit", whole_number(1, kNoBound, 5), limit)) fault_.limit = limit;
  }

  /// A key that other kinds of faults have.
  void refuse_key(std::string_view key, const std::string& why, const std::string& allowed) {
    if (const Member* member = table_.find(key)) {
      fields_.find(key);
      problems_.push_back({member->where, fmt::format("{} has no {}: {}", title_, quote(key), why), allowed});
    }
  }

  const Table& table_;
  const std::string& title_;
  const Setting& setting_;
  std::vector<Problem>& problems_;
  Fields fields_;
  Fault fault_;
};

/// Reports names that were there before.
void refuse_duplicates(const Array& tables, std::vector<Problem>& problems) {
  std::map<std::string_view, const Location*> seen;
  for (const Node& node : tables) {
    const Table& table = std::get<Table>(node.value);
    const Text* text = table.find_text("name");
    if (text == nullptr) continue;
    const Location& where = table.find("name")->node.where;
    const auto [first, fresh] = seen.try_emplace(text->text, &where);
    if (fresh) continue;
    problems.push_back({where,
                        fmt::format("a second fault is called {}; the first is at {}", quote(text->text),
                                    to_string(*first->second)),
                        "a name that no other fault has"});
  }
}

}  // namespace

std::vector<Fault> read_faults(const Array& tables, const Setting& setting, std::vector<Problem>& problems) {
  std::vector<Fault> faults;
  if (tables.size() > kMostFaults) {
    problems.push_back({tables[kMostFaults].where,
                        fmt::format("{} faults; a scenario has at most {}", tables.size(), kMostFaults),
                        fmt::format("at most {} faults", kMostFaults)});
    return faults;
  }
  refuse_duplicates(tables, problems);
  for (std::size_t index = 0; index < tables.size(); ++index) {
    const Node& node = tables[index];
    const Table& table = std::get<Table>(node.value);
    faults.push_back(FaultReader(table, node.where, title_of(table, index), setting, problems).read());
  }
  return faults;
}

}  // namespace hearsay::scenario
