#include "report/trace.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/check.hpp"
#include "base/errors.hpp"

namespace hearsay::report {
namespace {

using measure::Event;
using Kind = measure::Event::Kind;

constexpr std::size_t kEnough = std::size_t{1} << 15;
constexpr std::size_t kTextAtOnce = std::size_t{1} << 16;

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::up:
      return "up";
    case Kind::down:
      return "down";
    case Kind::deliver:
      return "deliver";
    case Kind::fail:
      return "fail";
    case Kind::learn:
      return "learn";
    case Kind::commit:
      return "commit";
    case Kind::send:
      return "send";
    case Kind::publish:
      break;
  }
  return "publish";
}

std::int64_t shown_sender(NodeId from) { return from == kInitiator ? -1 : std::int64_t{from}; }

template <typename Format, typename... Values>
void add(fmt::memory_buffer& text, const Format& format, const Values&... values) {
  fmt::format_to(std::back_inserter(text), format, values...);
}

}  // namespace

TraceWriter::TraceWriter(std::FILE* file, std::string name, const scenario::Scenario& scenario,
                         std::optional<std::uint32_t> run)
    : file_(file),
      name_(std::move(name)),
      opening_(run ? fmt::format("{{\"run\":{},", *run) : "{"),
      enough_(kEnough) {
  for (const scenario::Fault& fault : scenario.faults) faults_.push_back(nlohmann::json(fault.name).dump());
}

void TraceWriter::happened(const Event& event) {
  HEARSAY_CHECK(event.at >= reached_, "an event came after its instant had passed");
  if (!failed()) events_.push_back(event);
}

void TraceWriter::reached(Tick now) {
  reached_ = now;
  if (events_.size() < enough_) return;
  write_before(now);
  // Of an instant with very many events, none may go yet: looking again pays only when there are twice as
  // many.
  enough_ = std::max(kEnough, 2 * events_.size());
}

void TraceWriter::flush() {
  write_before(kNever);
  if (!failed() && std::fflush(file_) != 0) error_ = errno;
}

void TraceWriter::finish() {
  flush();
  if (failed())
    throw CannotRun(fmt::format("cannot write {}: {}", name_, std::generic_category().message(error_)));
}

void TraceWriter::write_before(Tick now) {
  const auto end =
      std::partition(events_.begin(), events_.end(), [now](const Event& event) { return event.at < now; });
  std::sort(events_.begin(), end);
  for (auto event = events_.begin(); event != end && !failed(); ++event) {
    append(*event);
    if (text_.size() >= kTextAtOnce) put_out();
  }
  put_out();
  events_.erase(events_.begin(), end);
}

void TraceWriter::append(const Event& event) {
  text_.append(opening_);
  add(text_, FMT_COMPILE(R"("t_us":{},"event":"{}")"), event.at, name_of(event.kind));
  switch (event.kind) {
    case Kind::up:
    case Kind::down:
      add(text_, FMT_COMPILE(R"(,"node":{},"life":{})"), event.to, event.life);
      break;
    case Kind::deliver:
    case Kind::fail:
      add(text_, FMT_COMPILE(R"(,"version":{},"to":{})"), event.version, event.to);
      if (event.marks != 0) text_.append(std::string_view(R"(,"rejected":true)"));
      break;
    case Kind::learn:
      add(text_, FMT_COMPILE(R"(,"version":{},"node":{},"life":{})"), event.version, event.to, event.life);
      break;
    case Kind::commit:
    case Kind::publish:
      add(text_, FMT_COMPILE(R"(,"version":{})"), event.version);
      break;
    case Kind::send:
      add(text_, FMT_COMPILE(R"(,"version":{},"from":{},"life":{},"round":{},"index":{},"to":{})"),
          event.version, shown_sender(event.from), event.life, event.round, event.index, event.to);
      if (event.copy != 0) add(text_, FMT_COMPILE(R"(,"copy":{})"), event.copy);
      append_fate(event);
      append_marks(event.marks);
      break;
  }
  text_.append(std::string_view("}\n"));
}

void TraceWriter::append_fate(const Event& event) {
  if (event.fate == kGoesOn)
    add(text_, FMT_COMPILE(R"(,"duration_us":{})"), event.duration);
  else
    add(text_, FMT_COMPILE(R"(,"fault":{})"), faults_.at(event.fate - 1U));
}

void TraceWriter::append_marks(Marks marks) {
  static constexpr std::pair<Marks, std::string_view> kNames[] = {
      {kGarbled, "garbled"}, {kUnanswered, "unanswered"}, {kCut, "cut"}, {kHeld, "held"}};
  for (const auto& [mark, name] : kNames)
    if ((marks & mark) != 0) add(text_, FMT_COMPILE(R"(,"{}":true)"), name);
}

void TraceWriter::put_out() {
  if (!failed() && std::fwrite(text_.data(), 1, text_.size(), file_) != text_.size()) error_ = errno;
  text_.clear();
}

}  // namespace hearsay::report
