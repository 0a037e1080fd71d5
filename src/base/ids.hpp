#pragma once

// Who and what a run is about: nodes, versions, rounds. Plain integers, since columns of them are the hot
// data of a simulation.

#include <cstdint>
#include <limits>

namespace hearsay {

/// A participant, 0..N-1.
using NodeId = std::uint32_t;

/// The sender of a published message: no node, "sender -1" of the identity of a message.
inline constexpr NodeId kInitiator = std::numeric_limits<NodeId>::max();

/// The largest cluster: node ids fit 28 bits in packed arrivals and logs.
inline constexpr NodeId kMaxNodes = NodeId{1} << 28;

/// A version as users see it: 1..2^63-1.
using Version = std::int64_t;
inline constexpr Version kMaxVersion = std::numeric_limits<Version>::max();

/// The place a version has in the flat arrays of one run, 0.. in order of opening.
using Slot = std::uint32_t;

/// The most versions of one run; slots fit 20 bits.
inline constexpr Slot kMaxVersions = 1'000'000;

/// Which of a node's bursts for a version: 0 is the initiator's publish, 1..R a node's rounds.
using Round = std::uint32_t;

/// How often a node was wiped; part of the identity of what it sends.
using Life = std::uint32_t;

}  // namespace hearsay
