#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "store/columns.hpp"

struct XXH3_state_s;

namespace hearsay::store {

/// A checksum over fields in the order in which they are added: SQLite has none of its own, and would not see
/// a number that changed on the disk.
class Checksum {
 public:
  Checksum();
  void operator()(const std::string& text);
  void operator()(double real);
  template <std::integral Number>
  void operator()(Number number) {
    add(static_cast<std::uint64_t>(number));
  }
  template <typename Time>
  void operator()(OrNever<Time> field) {
    (*this)(field.time);
  }
  template <typename Value>
  void operator()(const std::optional<Value>& value) {
    (*this)(value.has_value());
    if (value) (*this)(*value);
  }

  /// XXH3 of 128 bits, as 32 hexadecimal digits.
  std::string text() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };

  void add(std::uint64_t word);

  std::unique_ptr<XXH3_state_s, Free> state_;
};

/// Of all that a cell's results say.
std::string checksum_of(const Totals& totals, const measure::Outcome& outcome);

}  // namespace hearsay::store
