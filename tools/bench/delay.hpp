#pragma once

namespace hearsay::bench {

/// Prints by how much messages of an idle live cluster exceed the delay that a fault gives them. Throws
/// std::runtime_error when a message came too early.
void run_delay();

}  // namespace hearsay::bench
