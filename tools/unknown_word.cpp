#include "tools/unknown_word.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "scenario/text.hpp"

namespace hearsay::tools {
namespace {

using scenario::quote;

/// The last command that was named, which the words after it are for.
const CLI::App& last_named(const CLI::App& app) {
  const std::vector<CLI::App*> named = app.get_subcommands();
  return named.empty() ? app : last_named(*named.back());
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : command.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(each->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string unknown_option(const CLI::App& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const std::vector<std::string> options = options_of(command);
  const std::string_view meant = scenario::nearest(name, {options.begin(), options.end()});
  const std::string hint =
      meant.empty() ? "--help lists what there is" : fmt::format("did you mean \"{}\"?", meant);
  return fmt::format("{}: there is no option {}; {}", command.get_name(), quote(name), hint);
}

}  // namespace

std::optional<std::string> unknown_word(const CLI::App& app) {
  const std::vector<std::string> unknown = app.remaining(true);
  if (unknown.empty()) return std::nullopt;
  const CLI::App& command = last_named(app);
  const std::string& word = unknown.front();
  if (word.starts_with("-")) return unknown_option(command, word);
  const std::vector<std::string> commands = commands_of(command);
  if (commands.empty()) return fmt::format("{}: {} is one word too many", command.get_name(), quote(word));
  return fmt::format("{}: there is no command {}{}", command.get_name(), quote(word),
                     scenario::suggestion(word, {commands.begin(), commands.end()}));
}

}  // namespace hearsay::tools
