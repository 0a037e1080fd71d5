#include "tools/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "tools/exit_code.hpp"

namespace hearsay::tools {
namespace {

std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "else a signal handler must not touch it");

void on_interrupt(int) {
  if (was_interrupted.exchange(true)) _exit(kInterrupted);
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

bool interrupted() { return was_interrupted; }

}  // namespace hearsay::tools
