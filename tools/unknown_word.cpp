#include "tools/unknown_word.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "scenario/text.hpp"

namespace hearsay::tools {
namespace {

using scenario::quote;

/// A command, and what it is called: "list faults".
struct Named {
  const CLI::App& command;
  std::string name;
};

/// The command that has a word it does not know: its options come after its name.
Named with_unknown(const CLI::App& app, const std::string& name) {
  const std::vector<CLI::App*> named = app.get_subcommands();
  if (named.empty() || !app.remaining().empty()) return {app, name};
  const CLI::App& next = *named.back();
  return with_unknown(next, app.get_parent() == nullptr ? next.get_name() : name + " " + next.get_name());
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

std::string unknown_option(const Named& named, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const std::vector<std::string> options = options_of(named.command);
  const std::string_view meant = scenario::nearest(name, {options.begin(), options.end()});
  const std::string hint =
      meant.empty() ? "--help lists what there is" : fmt::format("did you mean \"{}\"?", meant);
  return fmt::format("{}: there is no option {}; {}", named.name, quote(name), hint);
}

}  // namespace

std::optional<std::string> unknown_word(const CLI::App& app) {
  std::vector<std::string> unknown = app.remaining(true);
  std::erase(unknown, "--");
  if (unknown.empty()) return std::nullopt;
  const Named named = with_unknown(app, app.get_name());
  const std::string& word = unknown.front();
  if (word.starts_with("-") && word != "-") return unknown_option(named, word);
  const std::vector<std::string> commands = commands_of(named.command);
  if (commands.empty()) return fmt::format("{}: {} is one word too many", named.name, quote(word));
  return fmt::format("{}: there is no command {}{}", named.name, quote(word),
                     scenario::suggestion(word, {commands.begin(), commands.end()}));
}

}  // namespace hearsay::tools
