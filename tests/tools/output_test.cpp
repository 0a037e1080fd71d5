// Where results go, and in which form.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/junit.hpp"
#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Json = nlohmann::json;

class Output : public ::testing::Test {
 protected:
  Ended run(std::vector<std::string> options) {
    options.insert(options.begin(), {"run", file_});
    return hearsay(options);
  }

  Folder folder_;
  std::string file_ = folder_.write("it.toml", quick());
};

TEST_F(Output, JsonOnStdoutSendsTheTextToStderr) {
  const Ended ended = run({"--json", "-"});
  EXPECT_EQ(Json::parse(ended.out)["scenario"], "it");
  EXPECT_THAT(ended.err, AllOf(HasSubstr("5 published: 5 committed"), HasSubstr("verdict: pass")));
}

TEST_F(Output, CsvHasARowAVersion) {
  const Ended ended = run({"--csv", "-"});
  const auto lines = lines_of(ended.out);
  ASSERT_THAT(lines, SizeIs(6));
  EXPECT_THAT(lines[0], StartsWith("scenario,"));
  EXPECT_THAT(lines[5], AllOf(StartsWith("it,live,"), HasSubstr(",committed,")));
}

TEST_F(Output, FilesGetWhatIsAskedFor) {
  const std::string json = folder_.path("result.json");
  const std::string csv = folder_.write("result.csv", "replaced");
  const Ended ended = run({"--json", json, "--csv", csv});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, HasSubstr("verdict: pass"));
  EXPECT_EQ(Json::parse(text_of(json))["versions"]["committed"], 5);
  EXPECT_THAT(text_of(csv), StartsWith("scenario,"));
}

TEST_F(Output, JunitHasACaseAnExpectation) {
  const std::string file = folder_.write("failing.toml", quick("[[expect]]\nthat = \"lost > 0\"\n"));
  const Ended ended = hearsay({"run", file, "--world", "sim", "--junit", "-"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(testing::junit_violations(ended.out), IsEmpty());
  EXPECT_THAT(ended.out, AllOf(HasSubstr("name=\"lost > 0\""), HasSubstr("<failure type=\"fail\""),
                               HasSubstr("value=\"hearsay run " + file + " --world sim --seed 1\"")));
}

TEST_F(Output, JunitTellsWhatCouldNotRunAndWhatWasLeftOut) {
  const std::uint16_t port = testing::free_ports(1);
  const testing::Descriptor taken = testing::occupy(port);
  const Ended ended = hearsay({"run", file_, file_, "--junit", "-", "--fail-fast", "--set",
                               "cluster.start_port=" + std::to_string(port)});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(testing::junit_violations(ended.out), IsEmpty());
  EXPECT_THAT(ended.out, AllOf(HasSubstr("<error type=\"no result\" message=\"cannot run here: "),
                               HasSubstr("<skipped type=\"skipped\"")));
}

TEST_F(Output, MarkdownIsForTheSummaryOfAJob) {
  const Ended ended = run({"--markdown", "-"});
  EXPECT_THAT(ended.out, AllOf(StartsWith("| verdict | scenario |"), HasSubstr("### it: pass"),
                               HasSubstr("\nhearsay run " + file_)));
}

TEST_F(Output, GitHubIsToldByAnnotationsWhereItRunsThis) {
  const std::string file = folder_.write("failing.toml", quick("[[expect]]\nthat = \"lost > 0\"\n"));
  const std::string annotation = "\n::error file=" + file + ",line=";
  const Surroundings actions = {.environment = {"GITHUB_ACTIONS=true"}};
  EXPECT_THAT(hearsay({"run", file, "--world", "sim"}, actions).out, HasSubstr(annotation));
  EXPECT_THAT(hearsay({"run", file, "--world", "sim"}).out, Not(HasSubstr("::error")));
  const Ended to_stdout = hearsay({"run", file, "--world", "sim", "--json", "-"}, actions);
  EXPECT_THAT(to_stdout.out, Not(HasSubstr("::error")));
  EXPECT_THAT(to_stdout.err, HasSubstr(annotation));
}

TEST_F(Output, GitHubIsToldWhereAScenarioIsWrong) {
  const std::string file = folder_.write("wrong.toml", "[cluster]\nnodes = 0\n");
  const Ended ended = hearsay({"run", file}, {.environment = {"GITHUB_ACTIONS=true"}});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("\n::error file=" + file + ",line=2,col=9,title=hearsay::"));
}

TEST_F(Output, QuietLeavesTheSummary) {
  const Ended ended = run({"--quiet"});
  EXPECT_THAT(ended.out, AllOf(HasSubstr("pass "), Not(HasSubstr("published:"))));
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(Output, NoProgressAndNoColourWhereThereIsNoTerminal) {
  const Ended ended = run({});
  EXPECT_THAT(ended.out + ended.err, Not(HasSubstr("\x1b")));
}

TEST_F(Output, NeverReplacesAScenarioOfTheCommand) {
  const std::string scenario = folder_.write("mine.toml", quick());
  const Ended ended = hearsay({"run", scenario, "--json", folder_.path("./mine.toml")});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("this command needs it"));
  EXPECT_EQ(text_of(scenario), quick());
}

TEST_F(Output, NeverReplacesWhatAScenarioExtends) {
  const std::string base = folder_.write("base.toml", quick());
  folder_.write("middle.toml", "extends = \"base.toml\"\n");
  const std::string scenario = folder_.write("mine.toml", "extends = \"middle.toml\"\n");
  for (const char* option : {"--json", "--csv", "--trace"}) {
    const Ended ended = hearsay({"run", scenario, option, folder_.path("./base.toml")});
    EXPECT_EQ(ended.exit_code, 64) << option;
    EXPECT_THAT(ended.err, HasSubstr("as a scenario or what one extends")) << option;
    EXPECT_EQ(text_of(base), quick()) << option;
  }
}

TEST_F(Output, OneFileTakesOneOutput) {
  for (const char* option : {"--csv", "--trace"}) {
    const Ended ended = run({"--json", folder_.path("both"), option, folder_.path("./both")});
    EXPECT_EQ(ended.exit_code, 64) << option;
    EXPECT_THAT(ended.err, HasSubstr("only one output can go to one file")) << option;
    EXPECT_FALSE(std::filesystem::exists(folder_.path("both"))) << option;
  }
}

TEST_F(Output, OneFileTakesOneOutputUnderWhateverNames) {
  std::filesystem::create_directory(folder_.path("folder"));
  std::filesystem::create_symlink("folder", folder_.path("link"));
  std::filesystem::create_symlink("file", folder_.path("alias"));
  for (const auto& [json, csv] :
       {std::pair("file", "./file"), std::pair("folder/file", "link/file"), std::pair("file", "alias")}) {
    const Ended ended = hearsay({"run", file_, "--json", json, "--csv", csv}, {.folder = folder_.path("")});
    EXPECT_EQ(ended.exit_code, 64) << csv;
    EXPECT_THAT(ended.err, HasSubstr("only one output can go to one file")) << csv;
    EXPECT_FALSE(std::filesystem::exists(folder_.path(json))) << json;
  }
  EXPECT_TRUE(std::filesystem::is_symlink(folder_.path("alias")));
}

TEST_F(Output, ANamedPipeGivesItsReaderTheWhole) {
  const std::string pipe = folder_.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  Process run({"run", file_, "--json", pipe});
  EXPECT_EQ(Json::parse(text_of(pipe))["scenario"], "it");
  EXPECT_EQ(run.wait().exit_code, 0);
}

TEST_F(Output, AFullStdoutEndsWith69AndLosesNoFile) {
  const std::string json = folder_.path("result.json");
  const Ended ended = hearsay({"run", file_, "--json", json}, {.out = "/dev/full"});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_EQ(ended.err, "cannot write to standard output: No space left on device\n");
  EXPECT_EQ(Json::parse(text_of(json))["scenario"], "it");
}

TEST_F(Output, AReaderThatLeavesLosesNoFile) {
  for (const char* world : {"sim", "live"}) {
    const std::string json = folder_.path(world);
    Process run({"run", file_, "--world", world, "--json", json});
    run.hang_up();
    const Ended ended = run.wait();
    EXPECT_EQ(ended.exit_code, 69) << world;
    EXPECT_THAT(ended.err, IsEmpty()) << world;
    EXPECT_EQ(Json::parse(text_of(json))["scenario"], "it") << world;
  }
}

TEST_F(Output, OneStdoutTakesOneOutput) {
  for (const char* option : {"--csv", "--trace"}) {
    const Ended ended = run({"--json", "-", option, "-"});
    EXPECT_EQ(ended.exit_code, 64) << option;
    EXPECT_THAT(ended.out, IsEmpty()) << option;
  }
}

TEST_F(Output, AFileThatCannotBeWrittenIsSaidBeforeAnythingStarts) {
  for (const std::string& name : {folder_.path("no/such/folder.json"), folder_.path(""),
                                  folder_.path(std::string(300, 'x')), file_ + "/below"}) {
    const Ended ended = run({"--json", name});
    EXPECT_EQ(ended.exit_code, 64) << name;
    EXPECT_THAT(ended.err, HasSubstr("cannot be written")) << name;
    EXPECT_THAT(ended.out, IsEmpty()) << name;
  }
}

TEST_F(Output, BadUsageWritesNoFile) {
  const std::string json = folder_.path("result.json");
  EXPECT_EQ(run({"--json", json, "--set", "gossip.fanout=5"}).exit_code, 64);
  EXPECT_FALSE(std::filesystem::exists(json));
}

TEST_F(Output, AResultOfAPortTakenIsAnEmptyList) {
  const std::uint16_t port = testing::free_ports(1);
  const testing::Descriptor taken = testing::occupy(port);
  const Ended ended = run({"--json", "-", "--set", "cluster.start_port=" + std::to_string(port)});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_EQ(Json::parse(ended.out), Json::array());
}

}  // namespace
}  // namespace hearsay::tools
