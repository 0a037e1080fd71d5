#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/wide.hpp"
#include "faults/kinds.hpp"
#include "faults/probability.hpp"
#include "faults/selection.hpp"

namespace hearsay::faults {
namespace {

/// By burst: 1 for the nodes on each side.
struct Sides {
  std::array<std::uint8_t, Batch::kMostBursts> a;
  std::array<std::uint8_t, Batch::kMostBursts> b;
};

HEARSAY_WIDE void complement(std::size_t count, const std::uint8_t* marks, std::uint8_t* others) {
  for (std::size_t i = 0; i < count; ++i) others[i] = marks[i] ^ 1;
}

HEARSAY_WIDE void add_crossing(std::size_t count, const Sides& from, const Sides& to, std::uint8_t* marks) {
  for (std::size_t i = 0; i < count; ++i)
    marks[i] = static_cast<std::uint8_t>(marks[i] | (from.a[i] & to.b[i]) | (from.b[i] & to.a[i]));
}

HEARSAY_WIDE void keep(std::size_t count, const std::uint8_t* kept, std::uint8_t* marks) {
  for (std::size_t i = 0; i < count; ++i) marks[i] &= kept[i];
}

/// Takes every message that crosses from one side of a pair to the other.
class Partition final : public MessageFault {
 public:
  explicit Partition(const Setting& setting)
      : both_ways_(setting.rule.get<std::string>("direction") == "both") {
    for (const scenario::Sides& sides : setting.rule.get<std::vector<scenario::Sides>>("between")) {
      const std::size_t number = pairs_.size();
      pairs_.push_back({Selection(sides.a, setting, fmt::format("a{}", number)),
                        Selection(sides.b, setting, fmt::format("b{}", number))});
    }
  }

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects&) override {
    take(batch, eligible, mine);
    return sum_of_bytes(eligible.all());
  }

  bool off() const override { return false; }

  bool narrows() const override { return true; }
  void narrow(const Batch& batch, std::span<const std::uint64_t> openings, const Effects&,
              Eligible& eligible) override {
    crossing_.reset(batch);
    for (std::size_t begin = 0; begin < openings.size();) {
      std::size_t end = begin + 1;
      while (end < openings.size() && openings[end] == openings[begin]) ++end;
      for (Pair& pair : pairs_) find_crossing(batch, {begin, end - begin, openings[begin]}, pair);
      begin = end;
    }
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      keep(batch.bursts(), crossing_.column(slot).data(), eligible.column(slot).data());
  }

  bool shared() const override {
    for (const Pair& pair : pairs_)
      if (pair.a.random() || pair.b.random()) return true;
    return false;
  }

 private:
  struct Pair {
    Selection a;
    Selection b;
  };

  /// Bursts that fall into one opening of the window.
  struct Stretch {
    std::size_t begin;
    std::size_t count;
    std::uint64_t opening;
  };

  void find_crossing(const Batch& batch, const Stretch& stretch, Pair& pair) {
    find_sides(batch.from(), stretch, pair, from_);
    if (!both_ways_) from_.b.fill(0);
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      find_sides(batch.to(slot), stretch, pair, to_);
      add_crossing(stretch.count, from_, to_, crossing_.column(slot).data() + stretch.begin);
    }
  }

  /// Who is on both sides belongs to a.
  static void find_sides(std::span<const NodeId> column, const Stretch& stretch, Pair& pair, Sides& sides) {
    const auto nodes = column.subspan(stretch.begin, stretch.count);
    std::fill_n(sides.a.begin(), nodes.size(), std::uint8_t{1});
    pair.a.mark(nodes, stretch.opening, std::span(sides.a).first(nodes.size()));
    complement(nodes.size(), sides.a.data(), sides.b.data());
    pair.b.mark(nodes, stretch.opening, std::span(sides.b).first(nodes.size()));
  }

  bool both_ways_;
  std::vector<Pair> pairs_;
  Sides from_;
  Sides to_;
  Eligible crossing_;
};

}  // namespace

Kind partition() {
  return {.known = {.declaration = {.name = "partition",
                                    .summary = "takes every message that crosses from one side to the other",
                                    .parameters = {{"between", ParameterType::sides, "", "the sides"},
                                                   {"direction",
                                                    ParameterType::choice,
                                                    "both",
                                                    "one-way: only from the first side to the second",
                                                    {"both", "one-way"}}},
                                    .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .on_links = false},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Partition>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
