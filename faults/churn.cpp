#include <algorithm>
#include <optional>
#include <vector>

#include "base/random.hpp"
#include "faults/kinds.hpp"
#include "faults/limit.hpp"
#include "faults/restarts.hpp"
#include "faults/selection.hpp"
#include "faults/span.hpp"
#include "faults/window.hpp"

namespace hearsay::faults {
namespace {

/// When nodes leave: a Poisson process that stands still while the window is closed, so that the gaps are
/// exponential. The n-th one is drawn by (fault, n).
class Departures {
 public:
  Departures(const Setting& setting, Window window)
      : window_(window),
        key_(setting.key),
        mean_(static_cast<double>(kSecond) / setting.rule.get<double>("rate")),
        gap_({.shape = DurationModel::Shape::exponential, .high = kNever, .mean = kUnit}) {
    draw();
  }

  /// When the next one comes; kNever: none does.
  Tick next() const { return next_; }

  void pass() {
    ++number_;
    draw();
  }

  /// Four words of the next one; `purpose` 0 is taken.
  Block words(std::uint32_t purpose) const {
    return key_.block(static_cast<std::uint32_t>(number_), static_cast<std::uint32_t>(number_ >> 32), purpose,
                      0);
  }

 private:
  static constexpr Duration kUnit = kMinute;  // the finer, the less is rounded

  void draw() {
    open_for_ += static_cast<double>(gap_.of(words(0)[0])) / static_cast<double>(kUnit) * mean_;
    next_ =
        open_for_ < static_cast<double>(kLongest) ? window_.when(static_cast<Duration>(open_for_)) : kNever;
  }

  Window window_;
  Key key_;
  double mean_;  // of the gaps, in microseconds
  RandomDuration gap_;
  std::uint64_t number_ = 0;
  double open_for_ = 0;  // how long the window has been open when the next one comes
  Tick next_ = kNever;
};

class Churn final : public NodeFault {
 public:
  explicit Churn(const Setting& setting)
      : window_(setting.rule.window),
        departures_(setting, window_),
        nodes_(setting.rule.get<scenario::Selector>("nodes"), setting, "nodes"),
        restart_after_(setting.rule, kRestart),
        wipe_(setting.rule.get<std::string>("state") == "wipe"),
        limit_(setting.rule.limit) {
    while (departures_.next() < setting.since) departures_.pass();
  }

  Tick next() const override { return std::min(next_departure(), restarts_.next()); }
  void heal(Tick now, NodeControl& control) override { restarts_.heal(now, control); }

  std::uint64_t act(Tick now, NodeControl& control) override {
    std::uint64_t left = 0;
    for (; next_departure() <= now; departures_.pass()) {
      find_candidates();
      const std::optional<NodeId> node = choose(control);
      if (!node) continue;
      control.kill(*node, wipe_);
      restarts_.add(now + restart_after_.of(departures_.words(1)[0], now), *node);
      limit_.count();
      ++left;
    }
    return left;
  }

  bool kills() const override { return next_departure() != kNever; }
  bool shared() const override { return true; }

 private:
  static constexpr std::uint32_t kTries = 64;

  Tick next_departure() const { return limit_.spent() ? kNever : departures_.next(); }

  void find_candidates() {
    const std::optional<std::uint64_t> opening = window_.opening(departures_.next());
    if (opening == opening_) return;
    opening_ = opening;
    candidates_ = nodes_.nodes(*opening);
  }

  /// Any of the candidates that are up, all equally likely: by trying as long as that is likely to succeed.
  std::optional<NodeId> choose(const NodeControl& control) const {
    for (std::uint32_t attempt = 0; attempt < kTries; ++attempt) {
      const NodeId node = any_of(candidates_, attempt);
      if (node != kDrawAgain && control.is_up(node)) return node;
    }
    std::vector<NodeId> up;
    std::copy_if(candidates_.begin(), candidates_.end(), std::back_inserter(up),
                 [&](NodeId node) { return control.is_up(node); });
    for (std::uint32_t attempt = kTries; !up.empty(); ++attempt)
      if (const NodeId node = any_of(up, attempt); node != kDrawAgain) return node;
    return {};
  }

  NodeId any_of(const std::vector<NodeId>& nodes, std::uint32_t attempt) const {
    const UniformBelow index(static_cast<std::uint32_t>(nodes.size()));
    const std::uint32_t drawn = index(departures_.words(2 + attempt)[0]);
    return drawn == kDrawAgain ? kDrawAgain : nodes[drawn];
  }

  Window window_;
  Departures departures_;
  Selection nodes_;
  Span restart_after_;
  bool wipe_;
  Limit limit_;
  std::optional<std::uint64_t> opening_;  // that the candidates are of
  std::vector<NodeId> candidates_;        // who is meant
  Restarts restarts_;
};

}  // namespace

Kind churn() {
  return {.known = {.declaration =
                        {.name = "churn",
                         .summary = "nodes leave, as kill takes them down, and come back, at random "
                                    "times",
                         .parameters =
                             {{"nodes", ParameterType::nodes, "*", "who may leave"},
                              {"rate", ParameterType::rate, "", "how often one of them leaves, on average"},
                              {kRestart, ParameterType::duration_range, "1s", "how long each stays away"},
                              {"state",
                               ParameterType::choice,
                               "wipe",
                               "what one that comes back still holds: nothing, or all it held",
                               {"wipe", "keep"}}},
                         .worlds = "sim, live"},
                    .on_messages = false,
                    .lasting = true,
                    .ramps = {kRestart}},
          .on_messages = nullptr,
          .on_nodes = [](const Setting& setting) -> std::unique_ptr<NodeFault> {
            return std::make_unique<Churn>(setting);
          }};
}

}  // namespace hearsay::faults
