#pragma once

#include <string>
#include <vector>

#include "scenario/reader.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::tools {

/// All that a scenario may name in this program.
const scenario::Known& known();

/// Reads every file, and every .toml file of every folder in order of their names, with `settings` on top,
/// and checks all there is to check. Throws InputError with the problems of all files.
std::vector<scenario::Scenario> load(const std::vector<std::string>& paths,
                                     const std::vector<std::string>& settings);

/// The same of one scenario that a text says, called `file` in errors.
scenario::Scenario load_text(const std::string& text, const std::string& file,
                             const std::vector<std::string>& settings);

/// What is wrong with a scenario beyond what the reader sees. Throws InputError.
void validate(const scenario::Scenario& scenario);

}  // namespace hearsay::tools
