#include "faults/selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace hearsay::faults {
namespace {

constexpr std::uint64_t kNoOpening = std::numeric_limits<std::uint64_t>::max();

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
  std::array<Column, 4> drawn;
  for (NodeId first = 0; first < nodes; first += kAtOnce) {
    const NodeId count = std::min(kAtOnce, nodes - first);
    for (NodeId i = 0; i < count; ++i) ids[i] = first + i;
    key.blocks(count, ids.data(), kNone.data(), 0, 0,
               {drawn[0].data(), drawn[1].data(), drawn[2].data(), drawn[3].data()});
    for (NodeId i = 0; i < count; ++i) each(first + i, std::uint64_t{drawn[0][i]} << 32 | drawn[1][i]);
  }
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

// No branch on what is random.
void Selection::mark(std::span<const NodeId> nodes, std::uint64_t opening, std::span<std::uint8_t> marks) {
  if (everyone()) return;
  resolve(opening);
  const bool initiator = selector_.kind == scenario::Selector::Kind::initiator;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const bool meant = nodes[i] == kInitiator ? initiator : chosen_.test(nodes[i]);
    marks[i] = static_cast<std::uint8_t>(marks[i] & static_cast<std::uint8_t>(meant));
  }
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

// Ranked twice, since to keep the ranks would take more room than all the rest of a large cluster: once to
// see which leading bits of a rank are the last ones meant, once to choose; only those in doubt are sorted.
void Selection::draw(const Key& key, std::uint32_t count) {
  constexpr unsigned kLeadingBits = 12;
  const auto leading = [](std::uint64_t rank) { return rank >> (64 - kLeadingBits); };
  std::array<std::uint32_t, 1U << kLeadingBits> sizes = {};
  rank(key, nodes_, [&](NodeId, std::uint64_t rank) { ++sizes[leading(rank)]; });
  std::uint32_t left = count;
  std::size_t last = 0;
  for (; left > sizes[last]; ++last) left -= sizes[last];
  std::vector<std::pair<std::uint64_t, NodeId>> doubtful;
  rank(key, nodes_, [&](NodeId node, std::uint64_t rank) {
    chosen_.set_if(leading(rank) < last, node);
    if (leading(rank) == last) doubtful.emplace_back(rank, node);
  });
  std::ranges::sort(doubtful);
  for (std::uint32_t i = 0; i < left; ++i) chosen_.set(doubtful[i].second);
}

}  // namespace hearsay::faults
