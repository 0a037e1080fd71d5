#pragma once

// From a TOML file to a Scenario.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/parameter.hpp"
#include "scenario/fault_kind.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// What a scenario may name: only what is built is accepted.
struct Known {
  std::vector<FaultKind> faults;
  std::vector<Declaration> protocols;
  std::vector<std::string_view> worlds;
  bool endless = false;  ///< it is to publish for ever, whatever its `versions`, and so not all at once
};

/// Reads the file at `path`, after what it `extends` (one file, relative to it, which may extend another; a
/// key written here replaces that of the base, tables are merged key by key, an array of tables written here
/// replaces the base's; a base gives no `name`), and applies `settings` ("gossip.fanout=4", "fault.bad
/// wifi.probability=0.5", as --set takes them) on top.
///
/// `beneath`, a TOML text, says what holds where the file says nothing; its problems are placed at the file
/// `the environment`.
///
/// Throws InputError with every problem found, each at its place: what is wrong, and what is allowed. Of a
/// text that is no TOML only the first error is known. A problem of a setting is placed at the file
/// `--set gossip.fanout=4`.
Scenario read(const std::filesystem::path& path, const Known& known,
              const std::vector<std::string>& settings = {}, std::string_view beneath = {});

/// The faults of `rules`, tables as in [[fault]], for a cluster that runs `scenario`. Throws as `read` does.
std::vector<Fault> read_faults(const Array& rules, const Scenario& scenario, const Known& known);

/// What `read` reads from a file, all that it extends and `settings`, as one TOML text: `read_text` of it
/// gives the same scenario, but for places. It has the scenario's name.
std::string text_in_force(const std::filesystem::path& path, const std::vector<std::string>& settings);

/// The same as `read` from a text in memory, called `file` in errors; `extends` is refused.
Scenario read_text(std::string_view text, const std::string& file, const Known& known,
                   const std::vector<std::string>& settings = {});

}  // namespace hearsay::scenario
