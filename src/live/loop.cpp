#include "live/loop.hpp"

#include <event2/event.h>
#include <sys/time.h>

#include <csignal>
#include <new>
#include <utility>

namespace hearsay::live {
namespace {

event_base* make_base() {
  const std::unique_ptr<event_config, void (*)(event_config*)> config(event_config_new(), &event_config_free);
  if (config == nullptr) throw std::bad_alloc();
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_PRECISE_TIMER);
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
  event_base* base = event_base_new_with_config(config.get());
  if (base == nullptr) throw std::bad_alloc();
  return base;
}

}  // namespace

void FreeEvent::operator()(event* freed) const { event_free(freed); }

// A peer that hung up must be an error of one write, not the end of the process.
Loop::Loop()
    : base_(make_base()),
      timer_(evtimer_new(
          base_, [](int, short, void*) {}, nullptr)) {
  std::signal(SIGPIPE, SIG_IGN);
}

Loop::~Loop() {
  timer_.reset();
  event_base_free(base_);
}

void Loop::turn(Duration most) {
  rethrow();
  const timeval timeout = {most / kSecond, most % kSecond};
  event_add(timer_.get(), &timeout);
  event_base_loop(base_, EVLOOP_ONCE);
  rethrow();
}

void Loop::keep(std::exception_ptr thrown) noexcept {
  if (!thrown_) thrown_ = std::move(thrown);
  event_base_loopbreak(base_);
}

void Loop::rethrow() {
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

}  // namespace hearsay::live
