#include "tools/interrupt.hpp"

#include <unistd.h>

#include <csignal>

#include "tools/commands.hpp"

namespace hearsay::tools {
namespace {

volatile std::sig_atomic_t interrupts = 0;

void on_interrupt(int) {
  if (interrupts != 0) _exit(kInterrupted);
  interrupts = 1;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

bool interrupted() { return interrupts != 0; }

}  // namespace hearsay::tools
