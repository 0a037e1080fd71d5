#include "tools/determinism.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "report/trace.hpp"
#include "tools/output.hpp"
#include "tools/tracing.hpp"

namespace hearsay::tools {
namespace {

/// Reads a file line by line.
class Lines {
 public:
  explicit Lines(std::FILE* file) : file_(file) { std::rewind(file); }
  ~Lines() { std::free(text_); }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  /// The next line, without its end; empty when there is none. Good until the next call.
  std::string_view next() {
    const ssize_t length = getline(&text_, &size_, file_);
    if (length <= 0) return {};
    return {text_, static_cast<std::size_t>(length - 1)};
  }

 private:
  std::FILE* file_;
  char* text_ = nullptr;
  std::size_t size_ = 0;
};

std::optional<Difference> compare(std::FILE* first, std::FILE* second) {
  Lines firsts(first);
  Lines seconds(second);
  for (std::uint64_t line = 1;; ++line) {
    const std::string_view one = firsts.next();
    const std::string_view other = seconds.next();
    if (one != other) return Difference{line, std::string(one), std::string(other)};
    if (one.empty()) return std::nullopt;
  }
}

File trace_of(const scenario::Scenario& scenario, const std::function<void(measure::EventSink&)>& run) {
  File file(std::tmpfile(), &std::fclose);
  if (file == nullptr)
    throw CannotRun("there can be no temporary file: " + std::generic_category().message(errno));
  report::TraceWriter writer(file.get(), "to a temporary file", scenario);
  run(writer);
  writer.finish();
  return file;
}

std::string shown(const std::string& line) { return line.empty() ? "(the trace has ended)" : line; }

/// What two more runs show.
std::string explanation(const runs::Run& run, const scenario::Scenario& scenario, core::Observer& observer) {
  bool interrupted = false;
  const auto once = [&](measure::EventSink& sink) {
    Listening listening(observer, sink);
    interrupted |= run(scenario, listening).interrupted;
  };
  const std::optional<Difference> difference = first_difference(scenario, once, once);
  if (interrupted) return "interrupted before the first event that differs was found";
  if (!difference) return "run twice more, with the events written down, it gave the same events";
  return fmt::format("run twice more, the first event that differs is in line {} of the traces:\n  {}\n  {}",
                     difference->line, shown(difference->first), shown(difference->second));
}

const Digest& digest_of(const measure::Outcome& outcome) {
  HEARSAY_CHECK(outcome.trace_digest.has_value(), "a deterministic world gives a digest of every trace");
  return *outcome.trace_digest;
}

}  // namespace

std::optional<Difference> first_difference(const scenario::Scenario& scenario,
                                           const std::function<void(measure::EventSink&)>& first,
                                           const std::function<void(measure::EventSink&)>& second) {
  const File one = trace_of(scenario, first);
  const File other = trace_of(scenario, second);
  return compare(one.get(), other.get());
}

runs::Run checked(runs::Run run, runs::Run again) {
  return [run = std::move(run), again = std::move(again)](const scenario::Scenario& scenario,
                                                          core::Observer& observer) {
    measure::Outcome outcome = run(scenario, observer);
    if (outcome.interrupted) return outcome;
    measure::Outcome second = again(scenario, observer);
    if (second.interrupted) return second;
    if (digest_of(outcome) == digest_of(second)) return outcome;
    throw Bug(fmt::format("seed {} gave two different traces, with the digests {} and {}; {}", scenario.seed,
                          to_string(digest_of(outcome)), to_string(digest_of(second)),
                          explanation(again, scenario, observer)));
  };
}

}  // namespace hearsay::tools
