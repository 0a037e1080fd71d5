#pragma once

// The events of a run, as JSON lines.

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measure/event.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::report {

/// Writes every event of one run, one JSON object a line, sorted by time, kind and identity: the same events
/// give the same text, in whatever order an instant's are told. A line has the keys its kind has, in this
/// order; times are in microseconds, `from` -1 is the initiator:
///
///     {"t_us":0,"event":"up","node":5,"life":0}                              down likewise
///     {"t_us":1000000,"event":"send","version":1,"from":-1,"life":0,"round":0,"index":2,"to":5, …
///                                    … "fault":"bad wifi"}                   the fault that took it, or
///                                    … "duration_us":1500}                   how long it is on its way
///     {"t_us":1000000,"event":"publish","version":1}                         commit likewise
///     {"t_us":1001500,"event":"deliver","version":1,"to":5}                  fail likewise
///     {"t_us":1001500,"event":"learn","version":1,"node":5,"life":0}
///
/// Of several runs in one file, the lines of each begin with its number: {"run":0,"t_us": …
///
/// It holds the events from the last instant reached on, and some tens of thousands of earlier ones.
class TraceWriter final : public measure::EventSink {
 public:
  /// Of a run of `scenario`, whose faults it names. `file`, called `name` in errors, must outlive the writer.
  /// `run`: its number, if there are several.
  TraceWriter(std::FILE* file, std::string name, const scenario::Scenario& scenario,
              std::optional<std::uint32_t> run = {});

  void happened(const measure::Event& event) override;
  void reached(Tick now) override;

  /// Writes all that it holds, be it only a part of its instant.
  void flush();

  /// Writes all that is left. Throws CannotRun if not everything could be written.
  void finish();

  /// Something could not be written, and nothing is any more: the run may as well end.
  bool failed() const { return error_ != 0; }

 private:
  void write_before(Tick now);
  void append(const measure::Event& event);
  void append_fate(const measure::Event& event);
  void append_marks(Marks marks);
  void put_out();

  std::FILE* file_;
  std::string name_;
  std::string opening_;              // of each line
  std::vector<std::string> faults_;  // their names as JSON
  std::vector<measure::Event> events_;
  std::size_t enough_;  // events to make writing worth it
  Tick reached_ = 0;
  fmt::memory_buffer text_;
  int error_ = 0;  // errno of the first failure
};

}  // namespace hearsay::report
