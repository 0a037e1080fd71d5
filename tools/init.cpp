#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/errors.hpp"
#include "scenario/text.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

constexpr std::string_view kScenario = R"(# A scenario of Hearsay. Run it: hearsay run {0}
# What there is besides: hearsay list faults, hearsay list protocols.

seed = 1                       # the same seed draws the same targets and fates

[cluster]
nodes = 12
commit = "all"                 # or "alive": only nodes that are up must have a version

# [cluster.groups]             # names for nodes
# edge = ["0..3", 7]
# victims = {{ count = 2 }}      # random, the same for all who name them

# [network]
# latency = "1ms..5ms"         # or "5ms", {{ distribution = "lognormal", mean = "20ms", jitter = "5ms" }}

[gossip]
protocol = "push"
fanout = 3                     # random nodes a round
rounds = 5
interval = "100ms"

[publish]
versions = 20
interval = "100ms"
deadline = "5s"                # a version not committed by then is lost

# [run]
# warmup = "500ms"             # faults open after that, unless they say when,
# settle = "500ms"             # and close so long before publishing is over

[[fault]]
name = "bad wifi"
kind = "drop"
probability = "20%"
# from = "0..3"                # "*", "initiator", 3, "0..9", [1, 4], {{ count = 2 }}, {{ share = "10%" }}, "edge"
# at = "1s"                    # opens then, after the start
# for = "500ms"                # closes again; or until = "1500ms"; default: stays open until the run settles
# limit = 100                  # hits no more messages than that
# ramp = {{ from = "0%", to = "50%", over = "2s" }}   # in place of probability: a chance that grows

[[fault]]
name = "crash"
kind = "kill"
nodes = 5
at = "500ms"
restart_after = "300ms"
state = "keep"                 # or "wipe": it comes back empty

[[expect]]
that = "lost == 0"

[[expect]]
that = "commit_latency.max <= 3s"
)";

constexpr const char* kFile = "scenario.toml";

/// As the command to run it has it.
std::string on_a_command_line(const std::string& name) {
  return scenario::escaped(shell_word(name.starts_with('-') ? "./" + name : name));
}

void init(const std::string& name) {
  if (name == "-") return print(fmt::format(kScenario, kFile));
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(name.c_str(), "wx"), &std::fclose);
  if (file == nullptr)
    throw InputError(fmt::format("{}: cannot be made: {}; an existing file is never replaced", name,
                                 std::strerror(errno)));
  fmt::print(file.get(), kScenario, on_a_command_line(name));
  if (std::fflush(file.get()) != 0) throw CannotRun(fmt::format("cannot write {}", name));
  print(fmt::format("{} is there to edit; run it: hearsay run {}\n", scenario::escaped(name),
                    on_a_command_line(name)));
}

}  // namespace

void add_init(CLI::App& app, int&) {
  auto name = std::make_shared<std::string>(kFile);
  CLI::App& command = *app.add_subcommand("init", "Write a commented scenario to start from");
  command.add_option("file", *name, "The file to write; - for stdout")->capture_default_str();
  command.callback([name] { init(*name); });
}

}  // namespace hearsay::tools
