#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/parameter.hpp"
#include "faults/kinds.hpp"
#include "gossip/protocols.hpp"
#include "report/check.hpp"
#include "report/comparison.hpp"
#include "report/limit.hpp"
#include "report/report.hpp"
#include "tools/commands.hpp"
#include "tools/output.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

std::string how_written(const Parameter& parameter) {
  switch (parameter.type) {
    case ParameterType::share:
      return "share: \"30%\" or 0.3";
    case ParameterType::duration:
      return "duration: \"100ms\" (us, ms, s, m, h)";
    case ParameterType::duration_range:
      return "duration: \"100ms\", range: \"10ms..50ms\", or "
             "{ distribution = \"normal|lognormal|exponential|pareto\", mean, jitter, min, max }";
    case ParameterType::count:
      return "whole number";
    case ParameterType::number:
      return "number from 1: 2.5";
    case ParameterType::rate:
      return "rate: \"2/s\", \"30/m\", \"5/h\" or 2, a number per second";
    case ParameterType::factor:
      return "factor from 0.01 to 100: 1.5";
    case ParameterType::sides:
      return "sides: [A, B], or pairs [[A, B], [C, D]]; each \"initiator\" or nodes; \"*\", all others, as "
             "second";
    case ParameterType::nodes:
      return "nodes: \"*\", 3, \"0..9\", [1, 4], { count = 2 }, { share = \"10%\" }, or a group's name";
    case ParameterType::choice:
      break;
  }
  return fmt::format("\"{}\"", fmt::join(parameter.choices, "\" or \""));
}

void show(const Declaration& declaration) {
  print(fmt::format("{}: {} (worlds: {})\n", declaration.name, declaration.summary, declaration.worlds));
  for (const Parameter& parameter : declaration.parameters)
    print(fmt::format(
        "  {:14} {}\n  {:14} {}; {}\n", parameter.name, parameter.meaning, "", how_written(parameter),
        parameter.fallback.empty() ? "required" : fmt::format("default {}", parameter.fallback)));
}

void show_window(const scenario::FaultKind& kind) {
  if (kind.lasting) {
    print(
        fmt::format("  {:14} when it opens (default: after the warmup), and how often again\n", "at, every"));
    print(fmt::format("  {:14} how long, or until when; default: until the run settles\n", "for, until"));
  } else {
    print(
        fmt::format("  {:14} when it acts (before the first publish it hits nothing), and how often again\n",
                    "at, every"));
  }
  print(fmt::format("  {:14} hits so many {} at most: whole number\n", "limit",
                    kind.on_messages ? "messages" : "nodes"));
  if (!kind.ramps.empty())
    print(
        fmt::format("  {:14} {{ from, to, over }} in place of {}: goes from one to the other in this time\n",
                    "ramp", fmt::join(kind.ramps, " or ")));
}

void list_faults() {
  for (const faults::Kind& kind : faults::kinds()) {
    if (&kind != &faults::kinds().front()) print("\n");
    show(kind.known.declaration);
    if (kind.known.on_messages && kind.known.on_links)
      print(fmt::format(
          "  {:14} which senders and receivers: as nodes, and for from also \"initiator\"; default \"*\"\n",
          "from, to"));
    show_window(kind.known);
  }
}

void list_protocols() {
  for (const gossip::Protocol& protocol : gossip::protocols()) show(protocol.declaration);
}

/// A format, as far as it is listed.
struct Listed {
  std::string_view name;
  std::string_view summary;
};

template <typename Format>
std::vector<Listed> all_of(const std::vector<Format>& formats, std::vector<Listed> more = {}) {
  std::vector<Listed> all;
  for (const Format& format : formats) all.push_back({format.name, format.summary});
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

/// What each command that writes results can write.
std::vector<std::pair<std::string_view, std::vector<Listed>>> formats_of_commands() {
  return {{"run", all_of(report::formats(), {{"trace", kTraceSummary}})},
          {"compare", all_of(report::comparison_formats())},
          {"check", all_of(report::check_formats())},
          {"sweep", all_of(report::comparison_formats())},
          {"report", all_of(report::comparison_formats())},
          {"limit", all_of(report::limit_formats())}};
}

void list_formats() {
  for (const auto& [command, formats] : formats_of_commands())
    for (const Listed& format : formats)
      print(
          fmt::format("{:9} hearsay {} --{} FILE: {}\n", format.name, command, format.name, format.summary));
}

}  // namespace

void add_list(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand("list", "Show what there is: faults, protocols, formats");
  command.require_subcommand(1);
  command.add_subcommand("faults", "Kinds of faults, with parameters, units, defaults, worlds")
      ->callback(list_faults);
  command.add_subcommand("protocols", "Gossip protocols, with parameters, units, defaults, worlds")
      ->callback(list_protocols);
  command.add_subcommand("formats", "Formats that results can be written in")->callback(list_formats);
}

}  // namespace hearsay::tools
