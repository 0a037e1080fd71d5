#pragma once

// Scenarios as a user would write them.

#include <string>

#include "faults/kinds.hpp"
#include "gossip/protocols.hpp"
#include "scenario/reader.hpp"

namespace hearsay::testing {

/// What is built, all fault kinds and protocols, may be named in it.
inline scenario::Scenario written(const std::string& toml) {
  scenario::Known known;
  for (const faults::Kind& kind : faults::kinds()) known.faults.push_back(kind.known);
  for (const gossip::Protocol& protocol : gossip::protocols())
    known.protocols.push_back(protocol.declaration);
  known.worlds = {"live"};
  return scenario::read_text(toml, "test.toml", known);
}

}  // namespace hearsay::testing
