#include "faults/lasting.hpp"

#include <algorithm>

namespace hearsay::faults {

Lasting::Lasting(const Setting& setting)
    : window_(setting.rule.window),
      nodes_(setting.rule.get<scenario::Selector>("nodes"), setting, "nodes"),
      limit_(setting.rule.limit),
      opening_(window_.opening(setting.since).value_or(window_.first_from(setting.since))) {}

Tick Lasting::next() const { return std::min(closes_, next_opening()); }

void Lasting::heal(Tick now, NodeControl& control) {
  if (closes_ > now) return;
  for (const NodeId node : held_) end(node, control);
  held_.clear();
  acted_ = 0;
  closes_ = kNever;
}

std::uint64_t Lasting::act(Tick now, NodeControl& control) {
  if (next_opening() > now) return 0;
  closes_ = window_.change_after(next_opening());
  for (const NodeId node : nodes_.nodes(opening_++)) {
    if (limit_.spent()) break;
    limit_.count();
    held_.push_back(node);
    acted_ += control.is_up(node);
    begin(node, control);
  }
  return acted_;
}

}  // namespace hearsay::faults
