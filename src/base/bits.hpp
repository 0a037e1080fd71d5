#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hearsay {

/// A flat set of small numbers, one bit each.
class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size) : words_((size + 63) / 64) {}

  bool test(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }

  /// For a column of numbers: 1 for each that is in the set, else 0.
  void test(std::span<const std::uint32_t> numbers, std::uint8_t* marks) const;

  void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void set_if(bool wanted, std::size_t i) { words_[i / 64] |= std::uint64_t{wanted} << (i % 64); }
  bool empty() const { return words_.empty(); }  ///< has no room
  const std::uint64_t* words() const { return words_.data(); }
  void clear(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace hearsay
