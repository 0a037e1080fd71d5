// `hearsay list`, `hearsay init`, help and version.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/tools/process.hpp"
#include "tools/commands.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

TEST(List, ShowsEveryKindWithParametersUnitsAndDefaults) {
  const Ended faults = hearsay({"list", "faults"});
  EXPECT_EQ(faults.exit_code, 0);
  for (const char* part : {"drop: ", "delay: ", "kill: ", "probability", "10ms..50ms", "restart_after",
                           "default wipe", "worlds: sim, live"})
    EXPECT_THAT(faults.out, HasSubstr(part));
  const Ended protocols = hearsay({"list", "protocols"});
  EXPECT_EQ(protocols.exit_code, 0);
  for (const char* part : {"push: ", "fanout", "rounds", "default 1s"})
    EXPECT_THAT(protocols.out, HasSubstr(part));
}

/// All commands, as the program has them.
class AllCommands {
 public:
  AllCommands() {
    add_run(app_, exit_code_);
    add_compare(app_, exit_code_);
    add_check(app_, exit_code_, "");
    add_sweep(app_, exit_code_, "");
    add_report(app_, exit_code_);
    add_limit(app_, exit_code_);
    add_up(app_, exit_code_);
    add_list(app_, exit_code_);
    add_init(app_, exit_code_);
  }

  /// Calls `each` with every option of every command, with the name of the command.
  template <typename Each>
  void for_each_option(Each each) const {
    for (const CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; }))
      for (const CLI::Option* option : command->get_options())
        if (!option->get_positional()) each(command->get_name(), *option);
  }

 private:
  CLI::App app_;
  int exit_code_ = 0;
};

TEST(List, HasEveryFormatOfEveryCommand) {
  const Ended formats = hearsay({"list", "formats"});
  EXPECT_EQ(formats.exit_code, 0);
  std::size_t count = 0;
  AllCommands().for_each_option([&](const std::string& command, const CLI::Option& option) {
    const std::string meaning = option.get_description();
    const std::string::size_type end = meaning.find("; - for standard output");
    if (!meaning.starts_with("Write ") || end == std::string::npos) return;
    const std::string what = meaning.substr(6, end - 6);
    EXPECT_THAT(formats.out,
                HasSubstr(" hearsay " + command + " " + option.get_name() + " FILE: " + what + "\n"));
    ++count;
  });
  EXPECT_THAT(lines_of(formats.out), SizeIs(count));
  EXPECT_GE(count, 21U);
}

TEST(Options, TakeOneValueAtATimeAndLeaveWhatFollows) {
  AllCommands().for_each_option([](const std::string& command, const CLI::Option& option) {
    EXPECT_FALSE(option.get_allow_extra_args()) << command << " " << option.get_name();
    EXPECT_LE(option.get_expected_max(), 1) << command << " " << option.get_name();
  });
}

TEST(Options, MayStandBeforeTheFile) {
  const Folder folder;
  const std::string file = folder.write("it.toml", quick());
  for (const std::vector<std::string>& options : std::vector<std::vector<std::string>>{
           {"run", "--dry-run", "--set", "gossip.rounds=2", "--set", "seed=3"},
           {"compare", "--dry-run", "--reference", "gossip.rounds=3", "--vary", "gossip.rounds=2,3"},
           {"sweep", "--dry-run", "--store", folder.path("it.db"), "--vary", "gossip.rounds=2,3"},
           {"limit", "--world", "sim", "--until", "commit_rate >= 1%", "--vary", "gossip.rounds=2,3", "--set",
            "seed=3"},
           {"check", "--dry-run", "--update", "--baseline", folder.path("it.json"), "--set", "world=sim"}}) {
    std::vector<std::string> words = options;
    words.push_back(file);
    const Ended ended = hearsay(words);
    EXPECT_EQ(ended.exit_code, 0) << options.front() << ": " << ended.err;
  }
}

TEST(Init, WritesAScenarioThatRuns) {
  const Folder folder;
  const Ended init = hearsay({"init"}, {.folder = folder.path("")});
  EXPECT_EQ(init.exit_code, 0);
  EXPECT_THAT(init.out, HasSubstr("hearsay run scenario.toml"));
  const Ended run = hearsay({"run", folder.path("scenario.toml"), "--json", "-"});
  EXPECT_TRUE(passed(run)) << run.out << run.err;
}

TEST(Init, WritesToStdoutWhatItWouldToAFile) {
  const Folder folder;
  hearsay({"init"}, {.folder = folder.path("")});
  const Ended ended = hearsay({"init", "-"}, {.folder = folder.path("")});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, text_of(folder.path("scenario.toml")));
  EXPECT_FALSE(std::filesystem::exists(folder.path("-")));
}

TEST(Commands, MissAStdoutThatIsFull) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"list", "faults"}, {"list", "protocols"}, {"list", "formats"}, {"--help"}, {"--version"}}) {
    const Ended ended = hearsay(arguments, {.out = "/dev/full"});
    EXPECT_EQ(ended.exit_code, 69) << arguments.back();
    EXPECT_EQ(ended.err, "cannot write to standard output: No space left on device\n") << arguments.back();
  }
  const Folder folder;
  EXPECT_EQ(hearsay({"init"}, {.folder = folder.path(""), .out = "/dev/full"}).exit_code, 69);
}

TEST(Init, NeverReplacesAFile) {
  const Folder folder;
  const std::string file = folder.write("mine.toml", "precious");
  const Ended ended = hearsay({"init", file});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("never replaced"));
  EXPECT_EQ(text_of(file), "precious");
}

TEST(Init, SaysWhereItCannotWrite) {
  const Folder folder;
  const Ended ended = hearsay({"init", folder.path("no/folder.toml")});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("No such file or directory"));
}

TEST(Help, IsThereForEveryCommand) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"--help"}, {"run", "--help"}, {"up", "--help"}, {"list", "--help"}, {"init", "--help"}}) {
    const Ended ended = hearsay(arguments);
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.out, HasSubstr("Usage"));
    EXPECT_THAT(ended.err, IsEmpty());
  }
}

TEST(Version, NamesCommitAndCompiler) {
  EXPECT_THAT(hearsay({"--version"}).out, MatchesRegex("hearsay [0-9.]+ \\(.+, (g\\+\\+|clang) .+\\)\n"));
}

}  // namespace
}  // namespace hearsay::tools
