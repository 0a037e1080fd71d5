#include <algorithm>
#include <optional>

#include "faults/kinds.hpp"
#include "faults/limit.hpp"
#include "faults/restarts.hpp"
#include "faults/selection.hpp"
#include "faults/window.hpp"

namespace hearsay::faults {
namespace {

class Kill final : public NodeFault {
 public:
  explicit Kill(const Setting& setting)
      : window_(setting.rule.window),
        nodes_(setting.rule.get<scenario::Selector>("nodes"), setting, "nodes"),
        wipe_(setting.rule.get<std::string>("state") == "wipe"),
        limit_(setting.rule.limit),
        opening_(window_.first_from(setting.since)) {
    if (setting.rule.has(kRestart)) restart_after_ = setting.rule.get<Duration>(kRestart);
  }

  Tick next() const override { return std::min(next_opening(), restarts_.next()); }
  void heal(Tick now, NodeControl& control) override { restarts_.heal(now, control); }

  std::uint64_t act(Tick now, NodeControl& control) override {
    std::uint64_t killed = 0;
    for (; next_opening() <= now; ++opening_)
      for (const NodeId node : nodes_.nodes(opening_)) {
        if (limit_.spent()) break;
        if (!control.kill(node, wipe_)) continue;
        restarts_.add(restart_after_ ? now + *restart_after_ : kNever, node);
        limit_.count();
        ++killed;
      }
    return killed;
  }

  bool kills() const override { return next_opening() != kNever; }
  bool shared() const override { return nodes_.random(); }

 private:
  Tick next_opening() const { return limit_.spent() ? kNever : window_.begin(opening_); }

  Window window_;
  Selection nodes_;
  bool wipe_;
  std::optional<Duration> restart_after_;
  Limit limit_;
  std::uint64_t opening_;  // the next one
  Restarts restarts_;
};

}  // namespace

Kind kill() {
  return {
      .known = {.declaration = {.name = "kill",
                                .summary =
                                    "takes nodes down: their ports refuse, their rounds to come are gone",
                                .parameters = {{"nodes", ParameterType::nodes, "",
                                                "which; a random choice is drawn at each opening"},
                                               {kRestart, ParameterType::duration, "never",
                                                "how long they stay down"},
                                               {"state",
                                                ParameterType::choice,
                                                "wipe",
                                                "what a restarted node still holds: nothing, or all it held",
                                                {"wipe", "keep"}}},
                                .worlds = "sim, live"},
                .on_messages = false,
                .lasting = false},
      .on_messages = nullptr,
      .on_nodes = [](const Setting& setting) -> std::unique_ptr<NodeFault> {
        return std::make_unique<Kill>(setting);
      }};
}

}  // namespace hearsay::faults
