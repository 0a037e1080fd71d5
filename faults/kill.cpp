#include <functional>
#include <optional>
#include <queue>

#include "faults/kinds.hpp"
#include "faults/selection.hpp"
#include "faults/window.hpp"

namespace hearsay::faults {
namespace {

class Kill final : public NodeFault {
 public:
  explicit Kill(const Setting& setting)
      : window_(setting.rule.window),
        nodes_(setting.rule.get<scenario::Selector>("nodes"), setting, "nodes"),
        wipe_(setting.rule.get<std::string>("state") == "wipe") {
    if (setting.rule.has("restart_after")) restart_after_ = setting.rule.get<Duration>("restart_after");
  }

  Tick next() const override {
    const Tick opens = window_.begin(opening_);
    return restarts_.empty() ? opens : std::min(opens, restarts_.top().first);
  }

  void heal(Tick now, NodeControl& control) override {
    while (!restarts_.empty() && restarts_.top().first <= now) {
      control.restart(restarts_.top().second);
      restarts_.pop();
    }
  }

  std::uint64_t act(Tick now, NodeControl& control) override {
    std::uint64_t killed = 0;
    for (; window_.begin(opening_) <= now; ++opening_)
      for (const NodeId node : nodes_.nodes(opening_))
        if (control.kill(node, wipe_)) {
          ++killed;
          if (restart_after_) restarts_.emplace(now + *restart_after_, node);
        }
    return killed;
  }

  bool kills() const override { return true; }
  bool shared() const override { return nodes_.random(); }

 private:
  using Restart = std::pair<Tick, NodeId>;

  Window window_;
  Selection nodes_;
  bool wipe_;
  std::optional<Duration> restart_after_;
  std::uint64_t opening_ = 0;  // the next one
  std::priority_queue<Restart, std::vector<Restart>, std::greater<>> restarts_;
};

}  // namespace

Kind kill() {
  return {
      .known = {.declaration = {.name = "kill",
                                .summary =
                                    "takes nodes down: their ports refuse, their rounds to come are gone",
                                .parameters = {{"nodes", ParameterType::nodes, "",
                                                "which; a random choice is drawn at each opening"},
                                               {"restart_after", ParameterType::duration, "never",
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
