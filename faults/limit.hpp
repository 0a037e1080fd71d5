#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace hearsay::faults {

/// On how many nodes a fault may still act.
class Limit {
 public:
  /// None: on as many as it likes.
  explicit Limit(std::optional<std::uint64_t> most)
      : left_(most.value_or(std::numeric_limits<std::uint64_t>::max())) {}

  bool spent() const { return left_ == 0; }
  void count() { --left_; }

 private:
  std::uint64_t left_;
};

}  // namespace hearsay::faults
