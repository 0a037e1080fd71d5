#include "scenario/window_reader.hpp"

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

constexpr const char* kEither = "one of \"for\" and \"until\"";

class WindowReader {
 public:
  WindowReader(Fields& fields, bool lasting, const Course& course)
      : fields_(fields), lasting_(lasting), course_(course) {
    window_.at = course.opens;
  }

  Window read() {
    fields_.read("at", duration(0, "5s"), window_.at);
    if (lasting_) read_end();
    read_every();
    const auto& last = course_.last_deadline;
    if (const Member* at = fields_.find("at"); at != nullptr && last && window_.at > *last)
      fields_.refuse(
          *at,
          fmt::format("is after the last deadline, {}: the fault would never open", format_duration(*last)),
          "at most " + format_duration(*last));
    return window_;
  }

 private:
  void read_end() {
    Tick until = kNever;
    fields_.read("for", duration(1, "10s"), window_.length);
    const bool ends = fields_.read("until", duration(1, "30s"), until);
    const Member* end = fields_.find("until");
    if (fields_.find("for") != nullptr) {
      if (end != nullptr) fields_.refuse(*end, "cannot stand beside \"for\": one or the other", kEither);
    } else if (ends && until <= window_.at) {
      fields_.refuse(*end,
                     fmt::format("must be after the fault opens, at {}, not {}", format_duration(window_.at),
                                 format_duration(until)),
                     "after " + format_duration(window_.at));
    } else if (ends) {
      window_.length = until - window_.at;
    } else if (end == nullptr && course_.closes != kNever) {
      end_before_settling();
    }
  }

  void end_before_settling() {
    const Member* at = fields_.find("at");
    if (window_.at < course_.closes)
      window_.length = course_.closes - window_.at;
    else if (at != nullptr)
      fields_.refuse(*at,
                     fmt::format("must be before the settle phase, which begins at {}, unless \"for\" or "
                                 "\"until\" is written, not {}",
                                 format_duration(course_.closes), format_duration(window_.at)),
                     "before " + format_duration(course_.closes));
  }

  void read_every() {
    const bool right = fields_.read("every", duration(1, "20s"), window_.every);
    const Member* every = fields_.find("every");
    if (!right || !lasting_) return;
    const bool until = fields_.find("until") != nullptr;
    if (!until && fields_.find("for") == nullptr)
      fields_.refuse(*every, "needs a \"for\": without one, the first window lasts to the end", kEither);
    else if (window_.length != kNever && window_.every < window_.length)
      fields_.refuse(
          *every,
          fmt::format("must be at least {}, {}, not {}", until ? "the length of the first window" : "\"for\"",
                      format_duration(window_.length), format_duration(window_.every)),
          "at least " + format_duration(window_.length));
  }

  Fields& fields_;
  bool lasting_;
  const Course& course_;
  Window window_;
};

}  // namespace

Course course_of(const Scenario& scenario) {
  const Tick last = last_deadline(scenario);
  Course course{.opens = scenario.run.warmup};
  if (last == kNever) return course;
  course.last_deadline = last;
  if (scenario.run.settle > 0) course.closes = settles_from(scenario);
  return course;
}

Window read_window(Fields& fields, bool lasting, const Course& course) {
  return WindowReader(fields, lasting, course).read();
}

}  // namespace hearsay::scenario
