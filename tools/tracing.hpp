#pragma once

// Runs whose events are written down.

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "measure/event.hpp"
#include "runs/runs.hpp"

namespace hearsay::tools {

/// Where a trace goes.
struct TraceFile {
  std::FILE* file;
  std::string name;  ///< in errors
};

/// `run`, with its events appended to `trace`; runs must come one after the other. `first_seed`: that of run
/// 0, if there are several. What happened before a run throws is written too. Throws CannotRun when the trace
/// cannot be written; the run then ends early.
runs::Run traced(runs::Run run, TraceFile trace, std::optional<std::uint64_t> first_seed);

/// An observer that has the events of a run told to a sink, and tells another observer all else.
class Listening : public core::Observer {
 public:
  /// Both must outlive it.
  Listening(core::Observer& observer, measure::EventSink& sink) : observer_(observer), sink_(sink) {}

  void ready(const std::vector<std::uint16_t>& ports) override { observer_.ready(ports); }
  void published(Version version) override { observer_.published(version); }
  void learned(Version version, NodeId holders, bool commits) override {
    observer_.learned(version, holders, commits);
  }
  void progress(const core::Progress& progress) override { observer_.progress(progress); }
  bool interrupted() override { return observer_.interrupted(); }
  measure::EventSink* events() override { return &sink_; }

 private:
  core::Observer& observer_;
  measure::EventSink& sink_;
};

}  // namespace hearsay::tools
