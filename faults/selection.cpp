#include "faults/selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "base/wide.hpp"

namespace hearsay::faults {
namespace {

constexpr std::uint64_t kNoOpening = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kLastRank = std::numeric_limits<std::uint64_t>::max();

std::uint64_t fold(std::string_view text) {
  std::uint64_t folded = 0;
  for (const char letter : text) folded = folded << 8 | static_cast<unsigned char>(letter);
  return folded;
}

/// Tells `each` of every node and the rank it has under `key`.
template <typename Each>
void rank(const Key& key, NodeId nodes, Each each) {
  constexpr NodeId kAtOnce = 256;
  using Column = std::array<std::uint32_t, kAtOnce>;
  constexpr Column kNone = {};
  Column ids;
  std::array<Column, 2> drawn;
  for (NodeId first = 0; first < nodes; first += kAtOnce) {
    const NodeId count = std::min(kAtOnce, nodes - first);
    for (NodeId i = 0; i < count; ++i) ids[i] = first + i;
    key.blocks(count, ids.data(), kNone.data(), 0, 0, {drawn[0].data(), drawn[1].data(), nullptr, nullptr});
    for (NodeId i = 0; i < count; ++i) each(first + i, std::uint64_t{drawn[0][i]} << 32 | drawn[1][i]);
  }
}

HEARSAY_WIDE bool any_initiator(const NodeId* nodes, std::size_t count) {
  std::uint32_t any = 0;
  for (std::size_t i = 0; i < count; ++i) any |= nodes[i] == kInitiator ? 1 : 0;
  return any != 0;
}

/// Below which such a share of all ranks is.
std::uint64_t rank_of(double share) {
  if (share <= 0) return 0;
  return share < 1 ? static_cast<std::uint64_t>(std::ldexp(share, 64)) : kLastRank;
}

}  // namespace

Selection::Selection(const scenario::Selector& selector, const Setting& setting, std::string_view field)
    : selector_(selector),
      key_(setting.key.with(fold(field))),
      seed_(setting.seed),
      nodes_(setting.nodes),
      chosen_(setting.nodes),
      resolved_(kNoOpening) {}

bool Selection::matches(NodeId node, std::uint64_t opening) {
  if (everyone()) return true;
  if (node == kInitiator) return selector_.kind == scenario::Selector::Kind::initiator;
  resolve(opening);
  return chosen_.test(node);
}

// Without a branch on what is random.
void Selection::mark(std::span<const NodeId> nodes, std::uint64_t opening, std::span<std::uint8_t> marks) {
  if (everyone()) return;
  if (any_initiator(nodes.data(), nodes.size())) {
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (!matches(nodes[i], opening)) marks[i] = 0;
    return;
  }
  resolve(opening);
  std::array<std::uint8_t, Batch::kMostBursts> meant;
  chosen_.test(nodes, meant.data());
  for (std::size_t i = 0; i < nodes.size(); ++i) marks[i] = static_cast<std::uint8_t>(marks[i] & meant[i]);
}

std::vector<NodeId> Selection::nodes(std::uint64_t opening) {
  std::vector<NodeId> meant;
  for (NodeId node = 0; node < nodes_; ++node)
    if (matches(node, opening)) meant.push_back(node);
  return meant;
}

void Selection::resolve(std::uint64_t opening) {
  if (!selector_.drawn_anew()) opening = 0;
  if (resolved_ == opening) return;
  resolved_ = opening;
  chosen_ = Bits(nodes_);
  for (const scenario::NodeRange range : selector_.ranges)
    for (NodeId node = range.first; node <= range.last; ++node) chosen_.set(node);
  for (const scenario::RandomGroup& group : selector_.groups)
    draw(Key(seed_, "group " + group.name), size(group.count, group.share));
  if (selector_.drawn_anew()) draw(key_.with(opening), size(selector_.count, selector_.share));
}

std::uint32_t Selection::size(std::uint32_t count, double share) const {
  if (count != 0) return count;
  return static_cast<std::uint32_t>(std::max(1L, std::lround(share * nodes_)));
}

// To keep all ranks would take more room than all the rest of a large cluster. But chance hardly ever strays
// far: only those near where the last rank that is meant should be are kept and sorted.
void Selection::draw(const Key& key, std::uint32_t count) {
  constexpr double kDeviations = 7;
  double doubt = kDeviations * std::sqrt(count) + 1;
  while (!draw(key, count, doubt)) doubt *= 2;
}

/// Chooses the `count` nodes that rank first, if the last of them ranks where `count` less to `count` more by
/// `doubt` do on average; else it does nothing. Returns whether it did.
bool Selection::draw(const Key& key, std::uint32_t count, double doubt) {
  const std::uint64_t sure = rank_of((count - doubt) / nodes_);
  const std::uint64_t possible = rank_of((count + doubt) / nodes_);
  Bits chosen = chosen_;
  std::uint32_t left = count;
  std::vector<std::pair<std::uint64_t, NodeId>> doubtful;
  rank(key, nodes_, [&](NodeId node, std::uint64_t rank) {
    chosen.set_if(rank < sure, node);
    left -= rank < sure ? 1 : 0;
    if (rank >= sure && rank <= possible) doubtful.emplace_back(rank, node);
  });
  if (left > doubtful.size()) return false;  // also if it is below 0
  std::ranges::sort(doubtful);
  for (const auto& [rank, node] : std::span(doubtful).first(left)) chosen.set(node);
  chosen_ = std::move(chosen);
  return true;
}

}  // namespace hearsay::faults
