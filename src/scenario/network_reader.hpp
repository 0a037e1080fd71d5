#pragma once

// From the table [network] to the latencies of links.

#include <optional>
#include <vector>

#include "scenario/fields.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::scenario {

/// What `fields` say of the network between `members`, unknown where the file has them wrong; what is wrong
/// with it is added to `problems`.
Network read_network(Fields fields, const Members& members, std::vector<Problem>& problems);

}  // namespace hearsay::scenario
