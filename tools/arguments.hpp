#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace hearsay::tools {

/// Adds an option that takes a duration with its unit, such as 30s.
CLI::Option* add_duration(CLI::App& command, const std::string& name, std::optional<Duration>& value,
                          const std::string& meaning);

/// Adds an option that may come several times, each time with one value: what follows that is not its own.
CLI::Option* add_repeatable(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                            const std::string& meaning);

/// For an option's check: takes numbers within these, and nothing that is none.
std::function<std::string(const std::string&)> chance_within(double least, double most);

/// Adds `--repeat N`.
void add_repeat(CLI::App& command, std::uint32_t& value, const std::string& meaning);

/// How often each scenario is run.
struct Repeat {
  std::uint32_t runs = 1;      ///< so often; until decided: at most
  bool until_decided = false;  ///< only until every rate is

  /// `--repeat N` or `--repeat auto`, and `--max-runs N`.
  void add_to(CLI::App& command);

  /// "20 runs"; nothing for one.
  std::string in_words() const;

  /// " --repeat 20"; nothing for one.
  std::string option() const;
};

/// " --max-lag 5ms"; nothing for none.
std::string max_lag_option(const std::optional<Duration>& max_lag);

/// Adds `--jobs J`.
void add_jobs(CLI::App& command, std::uint32_t& value);

/// What of a scenario the command line overrides.
struct Overrides {
  std::optional<std::string> world;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> set;

  /// --world, --seed and --set.
  void add_to(CLI::App& command);

  /// As the command line has them: " --world sim --seed 7 --set gossip.fanout=4".
  std::string options() const;

  /// As settings of the scenario reader, in the order in which they take effect.
  std::vector<std::string> settings() const;
};

/// `text` as a shell takes it for one word.
std::string shell_word(const std::string& text);

}  // namespace hearsay::tools
