#include "faults/selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <utility>

namespace hearsay::faults {
namespace {

constexpr std::uint64_t kNoOpening = std::numeric_limits<std::uint64_t>::max();

std::uint64_t fold(std::string_view text) {
  std::uint64_t folded = 0;
  for (const char letter : text) folded = folded << 8 | static_cast<unsigned char>(letter);
  return folded;
}

}  // namespace

Selection::Selection(const scenario::Selector& selector, const Key& fault, std::string_view field,
                     NodeId nodes)
    : selector_(selector),
      key_(fault.with(fold(field))),
      nodes_(nodes),
      chosen_(nodes),
      resolved_(kNoOpening) {}

bool Selection::matches(NodeId node, std::uint64_t opening) {
  if (everyone()) return true;
  if (node == kInitiator) return selector_.kind == scenario::Selector::Kind::initiator;
  resolve(opening);
  return chosen_.test(node);
}

std::vector<NodeId> Selection::nodes(std::uint64_t opening) {
  std::vector<NodeId> meant;
  for (NodeId node = 0; node < nodes_; ++node)
    if (matches(node, opening)) meant.push_back(node);
  return meant;
}

void Selection::resolve(std::uint64_t opening) {
  if (!random()) opening = 0;
  if (resolved_ == opening) return;
  resolved_ = opening;
  chosen_ = Bits(nodes_);
  for (const scenario::NodeRange range : selector_.ranges)
    for (NodeId node = range.first; node <= range.last; ++node) chosen_.set(node);
  if (random())
    for (const NodeId node : draw(opening)) chosen_.set(node);
}

// A heap of the first ones so far, the last of them on top, since a ranking of all would take more room than
// all the rest of a large cluster.
std::vector<NodeId> Selection::draw(std::uint64_t opening) const {
  const auto share = static_cast<std::uint32_t>(std::max(1L, std::lround(selector_.share * nodes_)));
  const std::uint32_t count = selector_.kind == scenario::Selector::Kind::count ? selector_.count : share;
  const Key key = key_.with(opening);
  std::priority_queue<std::pair<std::uint64_t, NodeId>> first;
  for (NodeId node = 0; node < nodes_; ++node) {
    const Block block = key.block(node, 0, 0, 0);
    const std::pair ranked(std::uint64_t{block[0]} << 32 | block[1], node);
    if (first.size() == count && ranked > first.top()) continue;
    first.push(ranked);
    if (first.size() > count) first.pop();
  }
  std::vector<NodeId> drawn;
  for (; !first.empty(); first.pop()) drawn.push_back(first.top().second);
  return drawn;
}

}  // namespace hearsay::faults
