#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.hpp"
#include "control/guard.hpp"
#include "live/cluster.hpp"
#include "scenario/units.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/load.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

struct UpOptions {
  std::string file;
  std::optional<std::uint32_t> nodes;
  std::optional<std::uint32_t> start_port;
  std::optional<std::uint32_t> fanout;
  std::optional<Duration> interval;
  Overrides overrides;
  std::string control;
  std::string token;
};

/// Prints what the seed's program printed, as it happens.
class Printer final : public core::Observer {
 public:
  void ready(const std::vector<std::uint16_t>& ports) override {
    for (std::size_t node = 0; node < ports.size(); ++node)
      print(fmt::format("Starting server {} on port {}\n", node, ports[node]));
  }
  void published(Version version) override { print(fmt::format("Sending version {}\n", version)); }
  void learned(Version version, NodeId holders, bool commits) override {
    commits_ += commits;
    print(commits ? fmt::format("Committed version {} → count = {}\n", version, holders)
                  : fmt::format("Received for {} → count = {}\n", version, holders));
  }
  bool interrupted() override { return tools::interrupted() || lost_output(); }

  std::uint64_t commits() const { return commits_; }

 private:
  std::uint64_t commits_ = 0;
};

/// One of the seed's environment variables: a whole number within least..most, if it is set.
std::optional<std::int64_t> environment(const char* name, std::int64_t least, std::int64_t most) {
  const char* text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  char* end = nullptr;
  const std::int64_t value = std::strtoll(text, &end, 10);
  if (*end != '\0' || value < least || value > most)
    throw InputError(fmt::format("{}=\"{}\" in the environment: must be a whole number from {} to {}", name,
                                 text, least, most));
  return value;
}

/// A flag or an environment variable that is short for a setting.
struct Flag {
  std::string typed;
  std::string setting;
};

constexpr const char* kBeneath = "the environment";

/// What the file need not say, a line each: the seed's example, changed by the seed's environment variables.
/// As there, NUM_GOROUTINES = 5 gives the servers 0 to 5.
std::vector<Flag> beneath_the_file() {
  const auto variable = [](const char* name, std::int64_t value) {
    return fmt::format("{}={} in {}", name, value, kBeneath);
  };
  const std::int64_t last = environment("NUM_GOROUTINES", 0, kMaxNodes - 1).value_or(5);
  const std::int64_t port = environment("START_PORT", 0, 65'535).value_or(8000);
  std::vector<Flag> lines = {{variable("NUM_GOROUTINES", last), fmt::format("cluster.nodes = {}", last + 1)},
                             {variable("START_PORT", port), fmt::format("cluster.start_port = {}", port)}};
  if (const auto fanout = environment("NUM_NODES_TO_SEND", 1, kMaxNodes))
    lines.push_back({variable("NUM_NODES_TO_SEND", *fanout), fmt::format("gossip.fanout = {}", *fanout)});
  if (const auto seconds = environment("SEND_INTERVAL", 1, kLongest / kSecond))
    lines.push_back(
        {variable("SEND_INTERVAL", *seconds), fmt::format("publish.interval = \"{}s\"", *seconds)});
  return lines;
}

std::string text_of(const std::vector<Flag>& lines) {
  std::string text;
  for (const Flag& line : lines) text.append(line.setting).append("\n");
  return text;
}

std::vector<Flag> flags(const UpOptions& options) {
  std::vector<Flag> flags;
  const auto add = [&](const char* name, const char* key, const auto& value) {
    if (value) flags.push_back({fmt::format("{} {}", name, *value), fmt::format("{}={}", key, *value)});
  };
  add("--nodes", "cluster.nodes", options.nodes);
  add("--start-port", "cluster.start_port", options.start_port);
  add("--fanout", "gossip.fanout", options.fanout);
  if (options.interval) {
    const std::string interval = scenario::format_duration(*options.interval);
    flags.push_back({"--interval " + interval, "publish.interval=" + interval});
  }
  return flags;
}

std::vector<Problem> as_typed(std::vector<Problem> problems, const std::vector<Flag>& flags,
                              const std::vector<Flag>& beneath) {
  for (Problem& problem : problems) {
    Location& where = problem.where;
    for (const Flag& flag : flags)
      if (where.file == "--set " + flag.setting) where.file = flag.typed;
    if (where.file == kBeneath && where.line > 0) where = {.file = beneath.at(where.line - 1).typed};
  }
  return problems;
}

/// What a scenario may name that publishes for ever.
scenario::Known endless() {
  scenario::Known known = tools::known();
  known.endless = true;
  return known;
}

scenario::Scenario read(const UpOptions& options) {
  const std::vector<Flag> short_ones = flags(options);
  std::vector<std::string> settings = options.overrides.settings();
  for (const Flag& flag : short_ones) settings.push_back(flag.setting);
  const std::vector<Flag> beneath = beneath_the_file();
  try {
    return options.file.empty() ? scenario::read_text(text_of(beneath), kBeneath, endless(), settings)
                                : scenario::read(options.file, endless(), settings, text_of(beneath));
  } catch (const InputError& error) {
    throw InputError(as_typed(error.problems(), short_ones, beneath));
  }
}

/// "127.0.0.1:9000", "localhost:9000" or "9000"; nothing listens elsewhere.
std::uint16_t control_port(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  const std::string host = colon == std::string::npos ? "127.0.0.1" : address.substr(0, colon);
  const std::string digits = colon == std::string::npos ? address : address.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool right = wrong == std::errc() && end == digits.data() + digits.size();
  if (!right || (host != "127.0.0.1" && host != "localhost"))
    throw InputError(fmt::format(
        "--control {}: must be 127.0.0.1:PORT, with a port from 0 (a free one) to 65535", address));
  return port;
}

/// A header's value: what cannot be sent in one would lock everybody out.
void check_token(const std::string& token) {
  const auto visible = [](char letter) { return letter > ' ' && letter <= '~'; };
  if (token.size() > 256 || !std::all_of(token.begin(), token.end(), visible))
    throw InputError("--control-token: must be 1 to 256 visible characters of ASCII, without spaces");
}

void open_to_control(live::Cluster& cluster, const UpOptions& options) {
  const bool own_token = !options.token.empty();
  const live::ControlOptions control = {.port = control_port(options.control),
                                        .token = own_token ? options.token : control::make_token(),
                                        .known = endless()};
  const std::uint16_t port = cluster.open_to_control(control);
  print(fmt::format("Control on http://127.0.0.1:{}\n", port));
  if (!own_token) print(fmt::format("Control token {}\n", control.token));
}

void up(const UpOptions& options) {
  if (!options.control.empty()) control_port(options.control);
  check_token(options.token);
  for (const std::string& setting : options.overrides.set)
    if (setting.starts_with("publish.versions="))
      throw InputError(fmt::format("--set {}: up publishes for ever", setting));
  const scenario::Scenario scenario = read(options);
  validate(scenario);
  if (!scenario.expectations.empty())
    tell(fmt::format("{}: up publishes for ever; what is expected there is not judged\n", scenario.file));
  catch_interrupts();
  Printer printer;
  live::Cluster cluster(scenario, printer);
  if (!options.control.empty()) open_to_control(cluster, options);
  const measure::Outcome outcome = cluster.run();
  tell(fmt::format("{} versions published, {} committed, {} messages sent\n", outcome.versions.size(),
                   printer.commits(), outcome.messages.sent));
}

}  // namespace

void add_up(CLI::App& app, int&) {
  auto options = std::make_shared<UpOptions>();
  CLI::App& command = *app.add_subcommand("up", "Keep a live cluster running until ^C");
  command
      .add_option("scenario", options->file,
                  "A scenario file: cluster, gossip, faults; it publishes for ever")
      ->type_name("FILE");
  command.add_option("--nodes", options->nodes, "How many nodes (default: 6, or NUM_GOROUTINES + 1)");
  command.add_option("--start-port", options->start_port,
                     "Node i listens on this port + i; 0: free ports (default: 8000, or START_PORT)");
  command.add_option("--fanout", options->fanout, "Nodes per burst (default: 3, or NUM_NODES_TO_SEND)");
  add_duration(command, "--interval", options->interval,
               "Between versions (default: 1s, or SEND_INTERVAL in seconds)");
  command.add_option("--seed", options->overrides.seed, "The seed")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
  add_repeatable(command, "--set", options->overrides.set, "Set a key of the scenario: gossip.rounds=3")
      ->type_name("KEY=VALUE");
  CLI::Option* control = command.add_option("--control", options->control,
                                            "Lets faults and nodes be changed over HTTP on this port of "
                                            "127.0.0.1; 0: a free one, which is printed");
  control->type_name("127.0.0.1:PORT");
  command
      .add_option(
          "--control-token", options->token,
          "Needed for changes, as Authorization: Bearer TOKEN; default: one that is made up and printed")
      ->needs(control);
  command.footer(
      "A flag beats the file, the file beats the environment: NUM_GOROUTINES, START_PORT, "
      "NUM_NODES_TO_SEND,\n"
      "SEND_INTERVAL, of which the first gives the number of the last server.");
  command.callback([options] { up(*options); });
}

}  // namespace hearsay::tools
