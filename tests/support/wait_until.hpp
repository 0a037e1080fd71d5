#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace hearsay::testing {

/// Waits, on the processor, until `condition` holds; false after a time that only a hang takes.
inline bool wait_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  return condition();
}

}  // namespace hearsay::testing
