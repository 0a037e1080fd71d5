#include "tools/arguments.hpp"

#include <fmt/format.h>

#include <limits>

#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "tools/worlds.hpp"

namespace hearsay::tools {
namespace {

constexpr std::uint32_t kMostRuns = 1'000'000;
constexpr std::uint32_t kMostUntilDecided = 10'000;

}  // namespace

CLI::Option* add_duration(CLI::App& command, const std::string& name, std::optional<Duration>& value,
                          const std::string& meaning) {
  const auto take = [&value](const std::string& text) {
    value = scenario::parse_duration(text);
    if (!value)
      throw CLI::ValidationError("\"" + text +
                                 "\" is no duration; write a number and a unit (us, ms, s, m, h), as 30s");
  };
  return command.add_option_function<std::string>(name, take, meaning)->type_name("DURATION");
}

CLI::Option* add_repeatable(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                            const std::string& meaning) {
  return command.add_option(name, values, meaning)->expected(1)->allow_extra_args(false)->take_all();
}

// CLI::Range takes nan for a number within.
std::function<std::string(const std::string&)> chance_within(double least, double most) {
  return [least, most](const std::string& text) {
    double chance = 0;
    const bool fits = CLI::detail::lexical_cast(text, chance) && chance >= least && chance <= most;
    return fits ? ""
                : fmt::format("must be a chance from {:g} to {:g}, not {}", least, most,
                              scenario::quote(scenario::shortened(text)));
  };
}

void add_repeat(CLI::App& command, std::uint32_t& value, const std::string& meaning) {
  command.add_option("--repeat", value, meaning)->check(CLI::Range(1U, kMostRuns))->type_name("N");
}

void Repeat::add_to(CLI::App& command) {
  const auto take = [this](const std::string& text) {
    until_decided = text == "auto";
    runs = until_decided ? kMostUntilDecided : 0;
    if (until_decided) return;
    if (!CLI::detail::lexical_cast(text, runs) || runs < 1 || runs > kMostRuns)
      throw CLI::ValidationError("--repeat",
                                 fmt::format("takes auto or a number of runs from 1 to {}", kMostRuns));
  };
  CLI::Option* repeat =
      command
          .add_option_function<std::string>(
              "--repeat", take,
              "Run each scenario N times, under seed, seed + 1, …, and merge; auto: until every rate that is "
              "expected has passed or failed")
          ->type_name("N|auto");
  command
      .add_option_function<std::uint32_t>(
          "--max-runs",
          [this](std::uint32_t most) {
            if (!until_decided)
              throw CLI::ValidationError("--max-runs",
                                         "is for --repeat auto, which adds runs until it is enough");
            runs = most;
          },
          fmt::format("At most so many runs of --repeat auto; default: {}", kMostUntilDecided))
      ->check(CLI::Range(1U, kMostRuns))
      ->type_name("N")
      ->needs(repeat);
}

std::string Repeat::in_words() const {
  if (until_decided) return fmt::format("runs until decided, at most {}", runs);
  return runs > 1 ? fmt::format("{} runs", runs) : "";
}

std::string Repeat::option() const {
  if (until_decided) return fmt::format(" --repeat auto --max-runs {}", runs);
  return runs > 1 ? fmt::format(" --repeat {}", runs) : "";
}

std::string max_lag_option(const std::optional<Duration>& max_lag) {
  return max_lag ? " --max-lag " + scenario::format_duration(*max_lag) : "";
}

void add_jobs(CLI::App& command, std::uint32_t& value) {
  command
      .add_option("--jobs", value,
                  "At most J of these runs at once; default: the number of processors. Runs in real time and "
                  "runs that are traced come one after the other")
      ->check(CLI::Range(1, 1'000))
      ->type_name("J");
}

void Overrides::add_to(CLI::App& command) {
  std::vector<std::string> names;
  for (const World& each : worlds()) names.emplace_back(each.name);
  command.add_option("--world", world, "Where to run, instead of the scenario's own world")
      ->check(CLI::IsMember(names));
  command.add_option("--seed", seed, "The seed, instead of the scenario's own")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
  add_repeatable(command, "--set", set,
                 "Set a key of the scenario: gossip.fanout=4, 'fault.bad wifi.probability=0.5'")
      ->type_name("KEY=VALUE");
}

std::string Overrides::options() const {
  std::string text;
  if (world) text += " --world " + *world;
  if (seed) text += fmt::format(" --seed {}", *seed);
  for (const std::string& setting : set) text += " --set " + shell_word(setting);
  return text;
}

std::vector<std::string> Overrides::settings() const {
  std::vector<std::string> all = set;
  if (world) all.push_back(fmt::format("world=\"{}\"", *world));
  if (seed) all.push_back(fmt::format("seed={}", *seed));
  return all;
}

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+%@";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

}  // namespace hearsay::tools
