// `hearsay limit`: where a condition ceases to hold as one key changes.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/errors.hpp"
#include "report/limit.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/limit_search.hpp"
#include "tools/output.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {
namespace {

struct LimitOptions {
  std::string path;
  Overrides overrides;
  std::string vary;
  SearchOptions search;
  Outputs outputs;
};

/// What is wrong otherwise shows when all places are read.
bool takes(const LimitOptions& options, const report::Setting& setting) {
  try {
    variants({options.path}, options.overrides, {{setting}});
    return true;
  } catch (const InputError&) {
    return false;
  }
}

int search(const LimitOptions& options) {
  const Axis axis =
      parse_places(options.vary, [&](const report::Setting& setting) { return takes(options, setting); });
  const std::vector<Variant> places = variants({options.path}, options.overrides, grid({axis}));
  if (places.size() != axis.values.size()) throw InputError(options.path + ": limit takes one scenario");
  options.outputs.check(places.front().scenario.files);
  validate_search(places, options.search);
  catch_interrupts();
  options.outputs.say(fmt::format("{}: seed {}, world {}, {} places, at most {} runs each\n", options.path,
                                  places.front().scenario.seed, places.front().scenario.world, places.size(),
                                  options.search.max_runs));
  const report::Limit limit = search_limit(axis.key, places, options.search);
  options.outputs.say(report::to_text(limit, options.outputs.style()));
  const int exit_code =
      options.outputs.write([&](std::size_t format) { return report::limit_formats()[format].write(limit); });
  return limit.interrupted ? kInterrupted : exit_code;
}

}  // namespace

void add_limit(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LimitOptions>();
  CLI::App& command =
      *app.add_subcommand("limit", "Find where a condition ceases to hold as one key changes");
  command.add_option("scenario", options->path, "A scenario file")->type_name("FILE")->required();
  command
      .add_option(
          "--vary", options->vary,
          "The key and its range, fault.loss.probability=0..70%, perhaps with a step, 0..70%:5%, or its "
          "values in order; the rate must rise or fall along them")
      ->type_name("KEY=VALUES")
      ->required();
  command.add_option("--until", options->search.until, "The condition, of a rate: 'commit_rate >= 99%'")
      ->type_name("CONDITION")
      ->required();
  options->overrides.add_to(command);
  command
      .add_option(
          "--max-runs", options->search.max_runs,
          "At most so many runs of each value that is tried; default: 500. More tell values apart that "
          "are closer to the breaking point")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  add_jobs(command, options->search.jobs);
  command
      .add_option("--confidence", options->search.confidence,
                  "That the breaking point is where it is said to be; default: 0.95")
      ->check(chance_within(0.5, 0.999999))
      ->type_name("SHARE");
  command.add_flag("--quiet", options->search.quiet, "No progress");
  for (const report::LimitFormat& format : report::limit_formats())
    options->outputs.add_to(command, format.name, format.summary);
  command.callback([options, &exit_code] { exit_code = search(*options); });
}

}  // namespace hearsay::tools
