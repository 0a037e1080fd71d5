#include "tools/tracing.hpp"

#include <utility>

#include "report/trace.hpp"

namespace hearsay::tools {
namespace {

/// Ends a run whose trace cannot be written.
class Tracing final : public Listening {
 public:
  Tracing(core::Observer& observer, report::TraceWriter& writer)
      : Listening(observer, writer), writer_(writer) {}

  bool interrupted() override { return writer_.failed() || Listening::interrupted(); }

 private:
  report::TraceWriter& writer_;
};

measure::Outcome run_tracing(const runs::Run& run, const scenario::Scenario& scenario,
                             core::Observer& observer, report::TraceWriter& writer) {
  Tracing tracing(observer, writer);
  try {
    return run(scenario, tracing);
  } catch (...) {
    writer.flush();
    throw;
  }
}

}  // namespace

runs::Run traced(runs::Run run, TraceFile trace, std::optional<std::uint64_t> first_seed) {
  return [run = std::move(run), trace = std::move(trace), first_seed](const scenario::Scenario& scenario,
                                                                      core::Observer& observer) {
    std::optional<std::uint32_t> number;
    if (first_seed) number = static_cast<std::uint32_t>(scenario.seed - *first_seed);
    report::TraceWriter writer(trace.file, trace.name, scenario, number);
    measure::Outcome outcome = run_tracing(run, scenario, observer, writer);
    writer.finish();
    return outcome;
  };
}

}  // namespace hearsay::tools
