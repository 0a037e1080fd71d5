#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/kinds.hpp"
#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::size_t kMostPairs = 100;

using SidesRead = Reading<std::vector<Sides>>;

bool all_arrays(const Array& array) {
  return !array.empty() && std::all_of(array.begin(), array.end(),
                                       [](const Node& node) { return node.as<Array>() != nullptr; });
}

/// The first node that is written on both sides.
std::optional<NodeId> on_both(const Sides& sides) {
  for (const NodeRange& a : sides.a.ranges)
    for (const NodeRange& b : sides.b.ranges)
      if (a.first <= b.last && b.first <= a.last) return std::max(a.first, b.first);
  return {};
}

/// The random group that is written on both sides.
const RandomGroup* group_on_both(const Sides& sides) {
  const auto& others = sides.b.groups;
  for (const RandomGroup& group : sides.a.groups)
    if (std::find(others.begin(), others.end(), group) != others.end()) return &group;
  return nullptr;
}

/// Why these are not two sides; empty if they are.
std::string overlap(const Sides& sides) {
  using Kind = Selector::Kind;
  if (sides.a.kind == Kind::all)
    return "has \"*\" as a first side: it stands for all others, so it comes second";
  if (sides.a.kind == Kind::initiator && sides.b.kind == Kind::initiator)
    return "has the initiator on both sides";
  if (const auto node = on_both(sides)) return fmt::format("has node {} on both sides", *node);
  if (const RandomGroup* group = group_on_both(sides))
    return fmt::format("has the group {} on both sides", quote(group->name));
  return "";
}

/// Reads what stands between two sides, or several times two.
class SidesReader {
 public:
  SidesReader(Selects what, const Members& members) : what_(what), side_(selector(what, members)) {}

  std::string allowed() const {
    return "an array of two selectors of nodes, such as [\"0..4\", \"5..9\"], or of pairs of them";
  }

  SidesRead read(const Node& node) const {
    const auto* array = node.as<Array>();
    if (array == nullptr) return refuse(mismatch(allowed(), node));
    if (!all_arrays(*array)) {
      if (array->size() != 2) return refuse(fmt::format("must be {}, not of {}", allowed(), array->size()));
      std::vector<Sides> one(1);
      const std::string why = pair(*array, one.front());
      return why.empty() ? SidesRead{std::move(one)} : refuse(why);
    }
    return pairs(*array);
  }

 private:
  static SidesRead refuse(std::string why) { return {{}, std::move(why)}; }

  SidesRead pairs(const Array& array) const {
    if (array.size() > kMostPairs)
      return refuse(fmt::format("has {} pairs; at most {} are possible", array.size(), kMostPairs));
    std::vector<Sides> all(array.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Array& two = *array[i].as<Array>();
      const std::string why = two.size() == 2
                                  ? pair(two, all[i])
                                  : fmt::format("has {} elements; it must have two sides", two.size());
      if (!why.empty()) return refuse(fmt::format("has a pair {} that {}", i + 1, why));
    }
    return {std::move(all)};
  }

  /// Why `two` are no sides; empty if they are: then they are in `into`.
  std::string pair(const Array& two, Sides& into) const {
    Reading<Selector> a = side_.read(two.front());
    if (!a.value) return "has a first side that " + a.why;
    Reading<Selector> b = side_.read(two.back());
    if (!b.value) return "has a second side that " + b.why;
    into = {*std::move(a.value), *std::move(b.value)};
    return what_ == Selects::side ? overlap(into) : "";
  }

  Selects what_;
  Kind<Selector> side_;
};

}  // namespace

Kind<std::vector<Sides>> sides(Selects what, const Members& members) {
  const SidesReader reader(what, members);
  return {reader.allowed(), [reader](const Node& node) { return reader.read(node); }};
}

}  // namespace hearsay::scenario
