#pragma once

namespace hearsay::tools {

/// From now on the first ^C or SIGTERM only makes `interrupted` true; a second one ends the program at once.
void catch_interrupts();

/// From any thread.
bool interrupted();

}  // namespace hearsay::tools
