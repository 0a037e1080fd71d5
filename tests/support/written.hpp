#pragma once

// Scenarios as a user would write them.

#include <string_view>

#include "faults/kinds.hpp"
#include "gossip/protocols.hpp"
#include "scenario/reader.hpp"

namespace hearsay::testing {

/// What is built: all fault kinds and protocols.
inline scenario::Known all_known() {
  scenario::Known known;
  for (const faults::Kind& kind : faults::kinds()) known.faults.push_back(kind.known);
  for (const gossip::Protocol& protocol : gossip::protocols())
    known.protocols.push_back(protocol.declaration);
  known.worlds = {"live", "sim"};
  return known;
}

/// What is built may be named in it.
inline scenario::Scenario written(std::string_view toml) {
  return scenario::read_text(toml, "test.toml", all_known());
}

}  // namespace hearsay::testing
