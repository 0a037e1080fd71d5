#include "gossip/protocols.hpp"

namespace hearsay::gossip {

const std::vector<Protocol>& protocols() {
  static const std::vector<Protocol> table = {
      {push_declaration(),
       [](std::uint64_t seed, const PushParameters& parameters) -> std::unique_ptr<Population> {
         return std::make_unique<Push>(seed, parameters);
       }},
  };
  return table;
}

}  // namespace hearsay::gossip
