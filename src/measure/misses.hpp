#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"

namespace hearsay::measure {

/// The messages that did not reach nodes which lacked their version: what took each, and in which of the
/// node's lives, since a life that holds the version has not missed it. There may be more of them than nodes,
/// so each takes 4 bytes in a first life, and no room is made ahead for many.
class Misses {
 public:
  void add(NodeId to, Life life, Fate by) {
    if (life == 0)
      first_lives(by).add(to);
    else
      later_lives_.push_back({to, life, by});
  }

  void clear() { *this = Misses(); }

  /// Tells `each` of (to, life, by), in no order.
  template <typename Each>
  void for_each(Each each) const {
    for (const auto& [by, nodes] : first_lives_)
      for (std::size_t i = 0; i < nodes.size; ++i) each(nodes[i], Life{0}, by);
    for (const Miss& miss : later_lives_) each(miss.to, miss.life, miss.by);
  }

 private:
  struct Miss {
    NodeId to;
    Life life;
    Fate by;
  };

  /// In pieces: a vector that doubles would be the greatest part of a large run's memory.
  struct List {
    static constexpr std::size_t kPiece = 256;

    std::vector<std::unique_ptr<std::array<NodeId, kPiece>>> pieces;
    std::size_t size = 0;

    NodeId operator[](std::size_t i) const { return (*pieces[i / kPiece])[i % kPiece]; }
    void add(NodeId node) {
      if (size % kPiece == 0) pieces.push_back(std::make_unique_for_overwrite<std::array<NodeId, kPiece>>());
      (*pieces.back())[size++ % kPiece] = node;
    }
  };

  List& first_lives(Fate by) {
    const auto found = std::ranges::find(first_lives_, by, &std::pair<Fate, List>::first);
    return found != first_lives_.end() ? found->second : first_lives_.emplace_back(by, List()).second;
  }

  std::vector<std::pair<Fate, List>> first_lives_;  // few fates
  std::vector<Miss> later_lives_;
};

}  // namespace hearsay::measure
