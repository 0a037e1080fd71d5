// What a hostile or careless user writes: always exit code 64, a clear error, and nothing started.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void expect_refused(const Ended& ended, const std::string& why, const std::string& what) {
  EXPECT_EQ(ended.exit_code, 64) << what;
  EXPECT_THAT(ended.err, HasSubstr(why)) << what;
  EXPECT_THAT(ended.out, IsEmpty()) << what;
}

struct Refused {
  std::vector<std::string> arguments;
  std::string why;
};

TEST(BadUsage, IsRefused) {
  const Folder folder;
  const std::string file = folder.write("it.toml", quick());
  for (const Refused& refused : std::vector<Refused>{
           {{}, "subcommand"},
           {{"nonsense"},
            "hearsay: there is no command \"nonsense\"; known are \"run\", \"compare\", \"check\", "
            "\"sweep\", "
            "\"report\", \"limit\", \"up\", \"list\" and \"init\""},
           {{"rnu", file}, "hearsay: there is no command \"rnu\"; did you mean \"run\"?"},
           {{"list", "fautls"}, "list: there is no command \"fautls\"; did you mean \"faults\"?"},
           {{"--seed", "3", "run", file},
            "hearsay: there is no option \"--seed\"; --help lists what there is"},
           {{"--vresion", "run", file},
            "hearsay: there is no option \"--vresion\"; did you mean \"--version\"?"},
           {{"list", "faults", "more"}, "list faults: \"more\" is one word too many"},
           {{"list", "faults", "--josn"}, "list faults: there is no option \"--josn\""},
           {{"list", "-"}, "list: there is no command \"-\""},
           {{"run", "--"}, "scenarios is required"},
           {{"run", file, "--seed", "\x1b[31m"}, "\\u001b[31m"},
           {{"run", file, "--repaet=3"}, "run: there is no option \"--repaet\"; did you mean \"--repeat\"?"},
           {{"--vresion"}, "hearsay: there is no option \"--vresion\"; did you mean \"--version\"?"},
           {{"init", "a", "b"}, "init: \"b\" is one word too many"},
           {{"run"}, "scenarios is required"},
           {{"run", file, "--nonsense"}, "there is no option \"--nonsense\"; --help lists what there is"},
           {{"run", file, "--seed", "-1"}, "--seed"},
           {{"run", file, "--seed", "x"}, "--seed"},
           {{"run", file, "--seed", "9223372036854775808"}, "seed"},
           {{"run", file, "--repeat", "0"}, "--repeat"},
           {{"run", file, "--repeat", "1.5"}, "--repeat"},
           {{"run", file, "--repeat", "often"}, "takes auto or a number of runs from 1 to 1000000"},
           {{"run", file, "--max-runs", "5"}, "--max-runs"},
           {{"run", file, "--repeat", "3", "--max-runs", "5"}, "is for --repeat auto"},
           {{"run", file, "--alpha", "0"}, "--alpha"},
           {{"run", file, "--alpha", "1"}, "--alpha"},
           {{"run", file, "--alpha", "x"}, "--alpha: must be a chance from 1e-12 to 0.5, not \"x\""},
           {{"run", file, "--alpha", "nan"}, "--alpha: must be a chance"},
           {{"limit", file, "--vary", "gossip.fanout=1..3", "--until", "commit_rate >= 99%", "--confidence",
             "nan"},
            "--confidence: must be a chance"},
           {{"run", file, "--alpha", "0.01", "--fail-fast"}, "--fail-fast has nothing to stop at"},
           {{"run", file, "--plan", "--repeat", "5"}, "leave out --repeat N"},
           {{"run", file, "--plan", "--json", "-"}, "there is no result to write"},
           {{"run", file, "--junit", ""}, "needs the name of a file"},
           {{"run", file, "--jobs", "0"}, "--jobs"},
           {{"run", file, "--jobs", "1001"}, "--jobs"},
           {{"run", file, file, "--trace", "-"}, "--trace takes the events of one scenario; here are 2"},
           {{"run", file, "--check-determinism"}, "\"live\" is not; add --world sim"},
           {{"run", file, "--json", ""}, "needs the name of a file"},
           {{"run", file, "--trace", ""}, "needs the name of a file"},
           {{"run", file, "--world", "mars"}, "mars"},
           {{"run", file, "--timeout", "5"}, "no duration"},
           {{"run", file, "--timeout", "infs"}, "no duration"},
           {{"run", file, "--max-lag", "-1s"}, "no duration"},
           {{"run", file, "--set", "fanout"}, "KEY=VALUE"},
           {{"run", file, "--set", "gossip.fanuot=2"}, "did you mean \"fanout\"?"},
           {{"run", file, "--set", "gossip.fanout=5"}, "at most 4"},
           {{"run", file, "--set", "gossip.interval=inf"}, "interval"},
           {{"run", file, "--set", "publish.deadline=\"0s\""}, "deadline"},
           {{"run", file, "--set", "cluster.nodes=0"}, "nodes"},
           {{"run", file, "--set", "cluster.nodes=99999999999999999999"}, "nodes"},
           {{"run", file, "--set", "cluster.start_port=65533"}, "65535"},
           {{"run", file, "--set", "cluster.start_port=65536"}, "65535"},
           {{"run", file, "--set", "fault.wifi.probability=1"}, "wifi"},
           {{"run", folder.path("missing.toml")}, "missing.toml: no such file"},
           {{"run", "/dev/null"}, "/dev/null"},
           {{"up", "one.toml", "two.toml"}, "two.toml"},
           {{"up", "--nodes", "0"}, "--nodes 0: \"nodes\" in [cluster] must be"},
           {{"up", "--fanout", "9"}, "--fanout 9: \"fanout\" in [gossip] must be at most 6"},
           {{"up", "--start-port", "65533"}, "--start-port 65533: "},
           {{"up", "--interval", "0s"}, "--interval 0s: \"interval\" in [publish] must be"},
           {{"up", file, "--set", "publish.interval=0s"}, "\"interval\" in [publish] must be"},
           {{"up", "--set", "publish.versions=1"}, "--set publish.versions=1: up publishes for ever"},
           {{"up", "--interval", "1"}, "no duration"},
           {{"list"}, "subcommand"},
           {{"list", "birds"}, "known are \"faults\", \"protocols\" and \"formats\""},
       })
    expect_refused(hearsay(refused.arguments), refused.why,
                   fmt::format("{}", fmt::join(refused.arguments, " ")));
}

TEST(BadScenario, IsRefused) {
  const Folder folder;
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "missing key \"nodes\""},
           {std::string("\x7f"
                        "ELF\x00\x01\xff\xfe",
                        8),
            "it.toml"},
           {std::string(10'000'000, 'a'), "larger than 1 MiB"},
           {std::string(1'000'000, '['), "it.toml"},
           {quick("[[fault]]\nname = \"a\"\nkind = \"drop\"\nprobability = nan\n"), "it.toml:7:"},
           {quick("[[fault]]\nname = \"a\"\nkind = \"drop\"\nprobabilty = 1\n"),
            "did you mean \"probability\"?"},
           {quick("[[fault]]\nname = \"a\"\nkind = \"meteor\"\n"), "meteor"},
           {quick("[[expect]]\nthat = \"comit_rate >= 1\"\n"), "it.toml:5:"},
           {quick("[[fault]]\nname = \"a\"\nkind = \"kill\"\nnodes = 4\n"), "it.toml:7:"},
           {quick("[[expect]]\nthat = \"recovery <= 1s\"\n"), "it.toml:5:9: no fault heals"},
           {quick("[[expect]]\nafter_heal = \"1s\"\n"), "it.toml:5:14: no fault heals"},
           {quick("[run]\nwarmup = \"1ms\"\n[[expect]]\nthat = \"messages.failed == 0\"\nduring = "
                  "\"warmup\"\n"),
            "\"during\" is not of messages.failed, only of messages.sent"},
           {quick("[[expect]]\nthat = \"recovery <= 1s\"\n[[fault]]\nname = \"a\"\nkind = \"drop\"\n"
                  "probability = 1\nfor = \"1h\"\n"),
            "the faults have healed only at 1h, after the last deadline"},
           {quick("[[expect]]\nthat = \"lost == 0\"\nconfidence = 0.9\n"),
            "it.toml:6:1: \"confidence\" is of rates only: \"lost == 0\" is judged as observed"},
           {quick("[[expect]]\nthat = \"lost == 0\"\nindifference = 0.9\n"),
            "it.toml:6:1: \"indifference\" is of rates only: \"lost == 0\" is judged as observed"},
           {quick("[[expect]]\nthat = \"commit_rate >= 90%\"\nindifference = 0.9\n"),
            "it.toml:6:1: \"indifference\" must be worse than 90%"},
           {quick("[[expect]]\nthat = \"commit_rate <= 10%\"\nindifference = 0.05\n"),
            "\"indifference\" must be worse than 10%"},
           {quick("[[expect]]\nthat = \"commit_rate >= 90%\"\nindifference = 0\n"), "between 0% and 100%"},
           {quick("[[expect]]\nthat = \"commit_rate >= 100%\"\nindifference = 0.9\n"),
            "\"indifference\" is of no use for 100%, which a single version refutes"},
           {quick("[[expect]]\nthat = \"commit_rate >= 90%\"\nindifference = 0.8\n"
                  "[[fault]]\nname = \"k\"\nkind = \"kill\"\nnodes = { count = 1 }\nat = \"20ms\"\n"),
            "it.toml:6:1: \"indifference\" takes every version for a trial of its own, but what fault \"k\" "
            "draws is "
            "shared"},
           {quick("extends = \"it.toml\""), "it.toml"},
           {"extends = \"missing.toml\"", "missing.toml"},
       })
    expect_refused(hearsay({"run", folder.write("it.toml", text)}), why, text.substr(0, 200));
}

TEST(BadScenario, AFolderWithoutScenariosIsRefused) {
  const Folder folder;
  expect_refused(hearsay({"run", folder.path("")}), "there is no .toml file", "an empty folder");
}

TEST(BadScenario, TheProblemsOfAllFilesAreSaid) {
  const Folder folder;
  folder.write("a.toml", "cluster.nodes = -1\n");
  folder.write("b.toml", quick());
  folder.write("c.toml", "cluster.nodse = 3\n");
  const Ended ended = hearsay({"run", folder.path("")});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("a.toml:1:"), HasSubstr("c.toml:1:")));
}

TEST(BadEnvironment, IsRefused) {
  for (const char* variable :
       {"NUM_GOROUTINES=x", "NUM_GOROUTINES=-1", "START_PORT=70000", "START_PORT=65533", "START_PORT=80 80",
        "NUM_NODES_TO_SEND=0", "NUM_NODES_TO_SEND=9", "SEND_INTERVAL=1.5", "SEND_INTERVAL=0",
        "SEND_INTERVAL=-1", "SEND_INTERVAL=99999999999999999999"})
    EXPECT_EQ(hearsay({"up"}, {.environment = {"START_PORT=0", variable}}).exit_code, 64) << variable;
}

}  // namespace
}  // namespace hearsay::tools
