#pragma once

namespace hearsay::bench {

/// What the fault layer costs a message: one rule of each kind, several at once, and many that are closed;
/// then what is demanded of that, and whether it is met.
void run_faults();

}  // namespace hearsay::bench
