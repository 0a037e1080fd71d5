#include "faults/lasting.hpp"

#include <algorithm>

namespace hearsay::faults {

Lasting::Lasting(const Setting& setting)
    : window_(setting.rule.window), nodes_(setting.rule.get<scenario::Selector>("nodes"), setting, "nodes") {}

Tick Lasting::next() const { return std::min(closes_, window_.begin(opening_)); }

void Lasting::heal(Tick now, NodeControl& control) {
  if (closes_ > now) return;
  for (const NodeId node : held_) end(node, control);
  held_.clear();
  acted_ = 0;
  closes_ = kNever;
}

std::uint64_t Lasting::act(Tick now, NodeControl& control) {
  const Tick opens = window_.begin(opening_);
  if (opens > now) return 0;
  held_ = nodes_.nodes(opening_++);
  closes_ = window_.change_after(opens);
  for (const NodeId node : held_) {
    acted_ += control.is_up(node);
    begin(node, control);
  }
  return acted_;
}

}  // namespace hearsay::faults
