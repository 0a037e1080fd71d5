#pragma once

// The table of protocols: one line each in protocols.cpp.

#include <memory>
#include <string_view>
#include <vector>

#include "base/parameter.hpp"
#include "gossip/population.hpp"
#include "gossip/push.hpp"

namespace hearsay::gossip {

struct Protocol {
  const Declaration& declaration;
  std::unique_ptr<Population> (*make)(std::uint64_t seed, const PushParameters& parameters);
};

const std::vector<Protocol>& protocols();

}  // namespace hearsay::gossip
