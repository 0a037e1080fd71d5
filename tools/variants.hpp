#pragma once

// Scenarios under several settings.

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "scenario/scenario.hpp"
#include "tools/arguments.hpp"
#include "tools/vary.hpp"

namespace hearsay::tools {

/// The key that `--loss` varies.
inline constexpr const char* kLossKey = "fault.loss.probability";

/// Reads "0..70%:10%", as `--loss` takes it: an axis of kLossKey. Throws InputError.
Axis parse_loss(const std::string& text);

/// The settings that vary, as the command line gives them.
struct GridOptions {
  std::vector<std::string> vary;
  std::optional<std::string> loss;

  /// --vary and --loss.
  void add_to(CLI::App& command);

  /// As the command line has them: " --vary gossip.fanout=2,3,4".
  std::string options() const;

  /// All combinations. Throws InputError.
  std::vector<std::vector<report::Setting>> rows() const;
};

struct Variant {
  std::vector<report::Setting> settings;  ///< those that vary
  scenario::Scenario scenario;
};

/// Every scenario of `paths` under every row of settings, file by file, with `overrides` on top. Where a row
/// sets kLossKey and the scenario has no fault called loss, it gets one that drops messages from start to
/// end. All have the seed of the first, for common random numbers, unless it is among the settings. Throws
/// InputError with what is wrong, before anything starts.
std::vector<Variant> variants(const std::vector<std::string>& paths, const Overrides& overrides,
                              const std::vector<std::vector<report::Setting>>& rows);

/// The same of one scenario, of which `text` says all, as scenario::text_in_force gives it; `file` is what
/// the user called it.
std::vector<Variant> variants_of_text(const std::string& text, const std::string& file,
                                      const std::vector<std::vector<report::Setting>>& rows);

/// What is alike in all of them, and the runs that each gets, to follow on their number: ", seed 1, world
/// sim". There is at least one.
std::string in_common(const std::vector<Variant>& variants, std::uint32_t repeat);

}  // namespace hearsay::tools
