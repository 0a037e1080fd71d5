#include "tools/update.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "base/errors.hpp"
#include "tools/exit_code.hpp"
#include "tools/print.hpp"
#include "verdict/sample.hpp"

namespace hearsay::tools {
namespace {

class Updating {
 public:
  explicit Updating(const Update& update) : update_(update) {}

  /// Measures one scenario; `into` gets its block.
  int measure(const Work& work, baseline::Baseline& into) {
    try {
      baseline::Block block = block_of(work, update_.program);
      block.first = sample(work, work.scenario.seed);
      if (exit_code_ == kPass) block.fresh = sample(work, baseline::kFirstFreshSeed);
      if (block.fresh.unit == measure::Unit::run) block.first.unit = measure::Unit::run;
      block.fresh.unit = block.first.unit;
      into[work.scenario.name] = std::move(block);
    } catch (const Interrupted&) {
      exit_code_ = kInterrupted;
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", work.scenario.file, thrown.why));
      exit_code_ = thrown.exit_code;
    }
    return exit_code_;
  }

 private:
  verdict::Sample sample(const Work& work, std::uint64_t seed) {
    const measure::Outcome outcome = measure_runs(work, seed, update_.measuring);
    for (const std::string& why : unsound(work, outcome, update_.measuring.max_lag)) {
      tell(fmt::format("{}: no ground for a baseline: {}\n", work.scenario.file, why));
      exit_code_ = kInconclusive;
    }
    return verdict::sample_of(outcome, work.bounds);
  }

  const Update& update_;
  int exit_code_ = kPass;
};

}  // namespace

int update(const std::vector<Work>& all, const Update& update, baseline::Baseline baseline,
           const Outputs& outputs) {
  Updating updating(update);
  for (const Work& work : all) {
    const int exit_code = updating.measure(work, baseline);
    if (exit_code == kPass) continue;
    const bool is_there = std::filesystem::exists(update.file);
    tell(fmt::format("{} is {}\n", update.file, is_there ? "left as it was" : "not written"));
    return exit_code;
  }
  baseline::write(update.file, baseline);
  outputs.say(fmt::format("{} is written: {} of its {} scenarios measured anew\n", update.file, all.size(),
                          baseline.size()));
  return kPass;
}

}  // namespace hearsay::tools
