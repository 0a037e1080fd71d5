#include "tests/sim/engines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

#include "sim/simulation.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

using measure::Event;

class Collector final : public core::Observer, private measure::EventSink {
 public:
  std::vector<Event> sorted() {
    std::sort(events_.begin(), events_.end());
    return std::move(events_);
  }
  bool late() const { return late_; }

 private:
  measure::EventSink* events() override { return this; }
  void happened(const Event& event) override {
    late_ = late_ || event.at < reached_;
    events_.push_back(event);
  }
  void reached(Tick now) override { reached_ = now; }

  std::vector<Event> events_;
  Tick reached_ = 0;
  bool late_ = false;
};

std::string told(const Event& event) {
  static constexpr const char* kNames[] = {"up",    "down",   "deliver", "fail",
                                           "learn", "commit", "send",    "publish"};
  return fmt::format(
      "{}us {} version {} from {} life {} round {} index {} to {} fate {} duration {} copy {} "
      "marks {}",
      event.at, kNames[static_cast<int>(event.kind)], event.version, event.from, event.life, event.round,
      event.index, event.to, event.fate, event.duration, event.copy, event.marks);
}

std::string told(const measure::VersionRecord& version) {
  std::string line = fmt::format(
      "version {} end {} published {} committed {} required {} holding {} learnings {} sent {} last_learned "
      "{} "
      "refused {}",
      version.version, static_cast<int>(version.end), version.published, version.committed, version.required,
      version.holding, version.learnings, version.sent, version.last_learned, version.refused);
  for (const measure::Taken& taken : version.taken)
    line += fmt::format(" fault {} took {}", taken.fault, taken.messages);
  return line;
}

std::string first_different_line(const std::string& one, const std::string& other) {
  std::istringstream ones(one);
  std::istringstream others(other);
  std::string line;
  std::string that;
  do {
    if (!std::getline(ones, line)) line = "(nothing)";
    if (!std::getline(others, that)) that = "(nothing)";
  } while (line == that);
  return fmt::format("  {}\n  {}\n", line, that);
}

}  // namespace

Engine windowed(unsigned window_bits) {
  return [window_bits](const scenario::Scenario& scenario, core::Observer& observer) {
    return run(scenario, observer, window_bits);
  };
}

std::string told(const measure::Outcome& outcome) {
  const measure::Messages& messages = outcome.messages;
  std::string text = fmt::format(
      "duration {}\nunit {}\nsent {} delivered {} dropped {} failed {} in_flight {} delayed {} "
      "duplicated {} rejected {}\n",
      outcome.duration, static_cast<int>(outcome.unit), messages.sent, messages.delivered, messages.dropped,
      messages.failed, messages.in_flight, messages.delayed, messages.duplicated, messages.rejected);
  for (const measure::VersionRecord& version : outcome.versions) text += told(version) + '\n';
  for (const measure::Evidence& fault : outcome.faults)
    text += fmt::format("fault {} eligible {} hit {} off {} opened {} shared {} expected {} times {}\n",
                        fault.name, fault.eligible, fault.hit, fault.off, fault.opened, fault.shared,
                        fault.expected_hits, fmt::join(fault.times, " "));
  if (outcome.recovery)
    text += fmt::format("recovery {} unhealed {}\n", outcome.recovery->longest, outcome.recovery->unhealed);
  return text + fmt::format("learned {}\ntrace {}\n", to_string(outcome.learned_digest),
                            to_string(outcome.trace_digest.value()));
}

measure::Outcome run_text(const std::string& toml) {
  core::Observer observer;
  return run(testing::written(toml), observer);
}

std::string difference(const scenario::Scenario& scenario, const Engine& one, const Engine& other) {
  core::Observer observer;
  const std::string ones = told(one(scenario, observer));
  const std::string others = told(other(scenario, observer));
  if (ones == others) return {};
  return first_different_line(ones, others) + difference_of_events(scenario, one, other);
}

std::string difference_of_events(const scenario::Scenario& scenario, const Engine& one, const Engine& other) {
  Collector ones;
  Collector others;
  one(scenario, ones);
  other(scenario, others);
  if (ones.late() || others.late()) return "  an event was told after its time\n";
  const std::vector<Event> first = ones.sorted();
  const std::vector<Event> second = others.sorted();
  const auto [here, there] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
  if (here == first.end() && there == second.end()) return {};
  return fmt::format("  {}\n  {}\n", here == first.end() ? "(no event)" : told(*here),
                     there == second.end() ? "(no event)" : told(*there));
}

}  // namespace hearsay::sim
