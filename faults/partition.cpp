#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "faults/kinds.hpp"
#include "faults/probability.hpp"
#include "faults/selection.hpp"

namespace hearsay::faults {
namespace {

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
    std::uint64_t hits = 0;
    for (const std::uint8_t mark : eligible.all()) hits += mark;
    return hits;
  }

  bool off() const override { return false; }

  bool narrows() const override { return true; }
  void narrow(const Batch& batch, std::span<const std::uint64_t> openings, const Effects&,
              Eligible& eligible) override {
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      const auto marks = eligible.column(slot);
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
        if (marks[burst] != 0)
          marks[burst] = crosses(batch.from()[burst], batch.to(slot)[burst], openings[burst]) ? 1 : 0;
    }
  }

  bool shared() const override {
    for (const Pair& pair : pairs_)
      if (pair.a.random() || pair.b.random()) return true;
    return false;
  }

 private:
  enum class Side { none, a, b };

  struct Pair {
    Selection a;
    Selection b;
  };

  bool crosses(NodeId from, NodeId to, std::uint64_t opening) {
    for (Pair& pair : pairs_) {
      const Side there = side_of(pair, from, opening);
      const Side here = side_of(pair, to, opening);
      if (there == Side::a && here == Side::b) return true;
      if (both_ways_ && there == Side::b && here == Side::a) return true;
    }
    return false;
  }

  /// Who is on both sides belongs to a.
  static Side side_of(Pair& pair, NodeId node, std::uint64_t opening) {
    if (pair.a.matches(node, opening)) return Side::a;
    return pair.b.matches(node, opening) ? Side::b : Side::none;
  }

  bool both_ways_;
  std::vector<Pair> pairs_;
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
