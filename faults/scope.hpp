#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/ids.hpp"
#include "base/parameter.hpp"

namespace hearsay::faults {

/// Among which messages a fault with a memory remembers: those of one link, of one sender, to one receiver,
/// or all.
class Scope {
 public:
  explicit Scope(std::string_view word)
      : from_(word == "link" || word == "from"), to_(word == "link" || word == "to") {
    HEARSAY_CHECK(from_ || to_ || word == "all", "no such scope");
  }

  /// The number of the scope that a message belongs to.
  std::uint64_t of(NodeId from, NodeId to) const {
    return (from_ ? std::uint64_t{from} << 32 : 0) | (to_ ? to : 0);
  }

  static Parameter parameter(std::string_view meaning) {
    return {"scope", ParameterType::choice, "to", meaning, {"link", "from", "to", "all"}};
  }

 private:
  bool from_;
  bool to_;
};

}  // namespace hearsay::faults
