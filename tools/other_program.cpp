#include "tools/other_program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <filesystem>
#include <utility>

#include "base/errors.hpp"
#include "scenario/text.hpp"
#include "tools/child.hpp"
#include "tools/exit_code.hpp"
#include "tools/run_output.hpp"

namespace hearsay::tools {
namespace {

/// What it said, on one line.
std::string said(const std::string& out) {
  const std::string line = out.substr(0, out.find('\n'));
  return line.empty() ? "it said nothing" : "it said: " + scenario::escaped(line);
}

std::string how_ended(const ChildEnded& ended) {
  return ended.exit_code < 0 ? fmt::format("signal {} ended it", -ended.exit_code)
                             : fmt::format("it ended with {}", ended.exit_code);
}

void join(verdict::Sample& sample, const verdict::Sample& next) {
  if (sample.runs == 0) {
    sample = next;
    return;
  }
  ++sample.runs;
  if (next.unit == measure::Unit::run) sample.unit = next.unit;
  const auto append = [](auto& into, const auto& from) { into.insert(into.end(), from.begin(), from.end()); };
  append(sample.committed, next.committed);
  for (const auto& [bound, in_time] : next.within) append(sample.within[bound], in_time);
  append(sample.sent, next.sent);
  append(sample.learnings, next.learnings);
}

}  // namespace

OtherProgram::OtherProgram(std::string path, const Overrides& overrides)
    : path_(std::move(path)), settings_(overrides.set) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path_, error) || access(path_.c_str(), X_OK) != 0)
    throw InputError(fmt::format("--against {}: there is no program of this name; give its path", path_));
  const ChildEnded ended = run_child(path_, {"--version"}, 0);
  if (ended.exit_code != kPass || !ended.out.starts_with("hearsay "))
    throw InputError(fmt::format("--against {}: is no hearsay: {}, and to --version {}", path_,
                                 how_ended(ended), said(ended.out)));
  // As baselines name programs: without the compiler.
  version_ = scenario::escaped(ended.out.substr(0, ended.out.find('\n')));
  if (const std::size_t comma = version_.find(", "); comma != std::string::npos)
    version_ = version_.substr(0, comma) + ")";
}

std::vector<std::string> OtherProgram::arguments(const scenario::Scenario& scenario) const {
  std::vector<std::string> words = {"run",          scenario.file, "--world",
                                    scenario.world, "--seed",      fmt::to_string(scenario.seed)};
  for (const std::string& setting : settings_) words.insert(words.end(), {"--set", setting});
  return words;
}

void OtherProgram::check(const scenario::Scenario& scenario) const {
  std::vector<std::string> words = arguments(scenario);
  words.emplace_back("--dry-run");
  const ChildEnded ended = run_child(path_, words, 0);
  if (ended.exit_code != kPass)
    throw InputError(fmt::format("{}: {} does not take it: {}", scenario.file, path_, said(ended.out)));
}

void OtherProgram::run(const scenario::Scenario& scenario, const std::vector<Duration>& bounds,
                       verdict::Sample& sample, std::optional<measure::Lag>& lag) const {
  std::vector<std::string> words = arguments(scenario);
  words.insert(words.end(), {"--quiet", "--json", child_file(0), "--csv", child_file(1)});
  const ChildEnded ended = run_child(path_, words, 2);
  if (ended.exit_code != kPass && ended.exit_code != kFailed && ended.exit_code != kInconclusive)
    throw CannotRun(
        fmt::format("{} under seed {}: {}; {}", path_, scenario.seed, how_ended(ended), said(ended.out)));
  try {
    const RunOutput output = read_run(ended.files.at(0), ended.files.at(1), scenario, bounds);
    join(sample, output.sample);
    lag = measure::worst(lag, output.lag);
  } catch (const std::exception& error) {
    throw CannotRun(fmt::format("{} under seed {}: {}", path_, scenario.seed, error.what()));
  }
}

}  // namespace hearsay::tools
