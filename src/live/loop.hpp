#pragma once

#include <exception>
#include <memory>

#include "base/time.hpp"

struct event;
struct event_base;

namespace hearsay::live {

struct FreeEvent {
  void operator()(event* freed) const;
};
using Event = std::unique_ptr<event, FreeEvent>;

/// An event loop, and how exceptions leave it: what it calls back goes through C code, which they must not
/// cross. One thread.
class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  event_base* base() const { return base_; }

  /// Does the work of a function that C code called. What it throws is thrown by the turn that is under way,
  /// or by the next one.
  template <typename Work>
  void guard(Work work) noexcept {
    try {
      work();
    } catch (...) {
      keep(std::current_exception());
    }
  }

  /// Handles what is ready, waiting at most so long for something to be.
  void turn(Duration most);

 private:
  void keep(std::exception_ptr thrown) noexcept;
  void rethrow();

  event_base* base_;
  Event timer_;
  std::exception_ptr thrown_;  // the first one
};

}  // namespace hearsay::live
