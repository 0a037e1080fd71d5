#pragma once

#include <cstdint>
#include <vector>

#include "faults/fault.hpp"
#include "faults/limit.hpp"
#include "faults/selection.hpp"
#include "faults/window.hpp"

namespace hearsay::faults {

/// A fault that lies on nodes as long as its window is open: on those that are meant at each opening, whether
/// they are up or down.
class Lasting : public NodeFault {
 public:
  explicit Lasting(const Setting& setting);

  Tick next() const final;
  void heal(Tick now, NodeControl& control) final;
  std::uint64_t act(Tick now, NodeControl& control) final;
  std::uint64_t holding() const final { return acted_; }
  bool shared() const final { return nodes_.random(); }

 private:
  virtual void begin(NodeId node, NodeControl& control) = 0;
  virtual void end(NodeId node, NodeControl& control) = 0;

  Tick next_opening() const { return limit_.spent() ? kNever : window_.begin(opening_); }

  Window window_;
  Selection nodes_;
  Limit limit_;
  std::uint64_t opening_;     // the next one
  Tick closes_ = kNever;      // when the one that is open does
  std::vector<NodeId> held_;  // those it lies on
  std::uint64_t acted_ = 0;   // so many of them were up when it opened
};

}  // namespace hearsay::faults
