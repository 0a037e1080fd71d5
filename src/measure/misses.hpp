#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"

namespace hearsay::measure {

/// The messages that did not reach nodes which lacked their version: what took each, and in which of the
/// node's lives, since a life that holds the version has not missed it. There may be more of them than nodes,
/// so each takes 4 bytes in a node's first few lives, and no room is made ahead for many.
class Misses {
 public:
  void add(NodeId to, Life life, Fate by) {
    if (life < kFewLives)
      alike(life, by).add(to);
    else
      others_.push_back({to, life, by});
  }

  void clear() { *this = Misses(); }

  /// Tells `each` of (to, life, by), in no order.
  template <typename Each>
  void for_each(Each each) const {
    for (const Alike& alike : alike_)
      for (std::size_t i = 0; i < alike.nodes.size; ++i) each(alike.nodes[i], alike.life, alike.by);
    for (const Miss& miss : others_) each(miss.to, miss.life, miss.by);
  }

 private:
  static constexpr Life kFewLives = 8;

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

  /// Those in lives of one number, by one fate.
  struct Alike {
    Life life;
    Fate by;
    List nodes = {};
  };

  List& alike(Life life, Fate by) {
    for (Alike& those : alike_)
      if (those.life == life && those.by == by) return those.nodes;
    return alike_.emplace_back(Alike{life, by}).nodes;
  }

  std::vector<Alike> alike_;  // few
  std::vector<Miss> others_;
};

}  // namespace hearsay::measure
