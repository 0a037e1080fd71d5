#pragma once

// From the table [cluster] to a Cluster.

#include <vector>

#include "scenario/fields.hpp"
#include "scenario/kinds.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::scenario {

/// What `fields` say of the cluster; what is wrong is added to `problems`. `members` becomes what is known of
/// it.
Cluster read_cluster(Fields fields, Members& members, std::vector<Problem>& problems);

}  // namespace hearsay::scenario
