#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "faults/kinds.hpp"
#include "faults/probability.hpp"
#include "faults/scope.hpp"

namespace hearsay::faults {
namespace {

/// Holds messages back by a time, so that others overtake them.
class ReorderByTime final : public ChanceFault {
 public:
  explicit ReorderByTime(const Setting& setting)
      : ChanceFault(setting),
        delay_key_(setting.key.with("delay")),
        delay_(setting.rule.get<DurationModel>("delay")) {}

  bool off() const override { return ChanceFault::off() || delay_.most() == 0; }
  bool delays() const override { return true; }

 private:
  void hit(Batch& batch, const Eligible& hits, Fate, Effects&) override {
    if (!delay_.constant()) batch.draw(delay_key_);
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      delay_.add(batch.drawn(slot), hits.column(slot), batch.delay(slot));
  }

  Key delay_key_;
  RandomDuration delay_;
};

/// Holds messages back until so many later ones of their scope have come, or for a time if they do not.
class ReorderBehind final : public MessageFault {
 public:
  explicit ReorderBehind(const Setting& setting)
      : key_(setting.key),
        probability_(setting),
        scope_(setting.rule.get<std::string>("scope")),
        behind_(setting.rule.get<std::uint64_t>("behind")),
        at_most_(setting.rule.get<Duration>("at_most")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate, Effects& effects) override {
    const std::uint64_t count = probability_.draw(batch, key_, eligible, hits_);
    pass(batch, eligible, hits_, effects);
    return count;
  }

  void let_pass(Batch& batch, const Eligible& eligible, Effects& effects) override {
    hits_.reset(batch);
    pass(batch, eligible, hits_, effects);
  }

  bool off() const override { return probability_.never(); }
  std::optional<double> chance() const override { return probability_.chance(); }
  bool independent() const override { return probability_.constant(); }
  Order order() const override { return Order::by_time; }
  Duration acts_after() const override { return at_most_; }
  bool delays() const override { return true; }

  /// What another one holds already has no place in a line.
  bool narrows() const override { return true; }
  void narrow(const Batch& batch, std::span<const std::uint64_t>, const Effects&,
              Eligible& eligible) override {
    if (!batch.marked()) return;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
        if ((batch.marks(slot, burst) & kHeld) != 0) eligible.column(slot)[burst] = 0;
  }

 private:
  /// Those of one scope that are held, in the order in which they go.
  struct Line {
    struct Place {
      std::uint64_t goes_at;  // when so many came
      Holds::Number number;
    };
    std::uint64_t came = 0;
    std::deque<Place> places;
  };

  void pass(Batch& batch, const Eligible& eligible, const Eligible& hits, Effects& effects) {
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
        if (eligible.column(slot)[burst] == 0) continue;
        const Tick at = batch.at()[burst];
        Line& line = lines_[scope_.of(batch.from()[burst], batch.to(slot)[burst])];
        ++line.came;
        for (; !line.places.empty() && line.places.front().goes_at <= line.came; line.places.pop_front())
          effects.holds().let_go(line.places.front().number, at);
        if (hits.column(slot)[burst] != 0)
          line.places.push_back(
              {line.came + behind_, effects.holds().hold(batch, slot, burst, at + at_most_)});
      }
  }

  Key key_;
  Probability probability_;
  Scope scope_;
  std::uint64_t behind_;
  Duration at_most_;
  Eligible hits_;
  std::unordered_map<std::uint64_t, Line> lines_;  // by scope; looked up only, never iterated
};

std::vector<scenario::Misfit> check_reorder(const scenario::Fault& rule) {
  if (rule.get<Duration>("at_most") == 0) return {{"at_most", "must be at least 1us", "at least 1us"}};
  for (const std::string_view key : {"scope", "at_most"})
    if (rule.has("delay") && !rule.has("behind") && rule.written.find(key) != nullptr)
      return {{key, "belongs to \"behind\", not to \"delay\"", "neither \"scope\" nor \"at_most\""}};
  return scenario::exactly_one_of(rule, {"behind", "delay"});
}

}  // namespace

Kind reorder() {
  return {
      .known = {.declaration = {.name = "reorder",
                                .summary =
                                    "holds a share of the messages back, so that later ones overtake them",
                                .parameters = {{"probability", ParameterType::share, "",
                                                "the chance that a message is held back"},
                                               {"behind", ParameterType::count, "none",
                                                "until so many later messages of its scope have come"},
                                               {"delay", ParameterType::duration_range, "none",
                                                "or, instead: how long"},
                                               Scope::parameter("with \"behind\": among which messages"),
                                               {"at_most", ParameterType::duration, "1s",
                                                "with \"behind\": how long, if so many do not come"}},
                                .worlds = "sim, live"},
                .on_messages = true,
                .lasting = true,
                .ramps = {"probability"},
                .check = check_reorder},
      .longest_delay = [](const scenario::Fault& rule) -> Longest {
        return rule.has("delay") ? Longest::of(rule.get<DurationModel>("delay")) : Longest{};
      },
      .delay_keys = {"delay"},
      .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
        if (setting.rule.has("behind")) return std::make_unique<ReorderBehind>(setting);
        return std::make_unique<ReorderByTime>(setting);
      },
      .on_nodes = nullptr};
}

}  // namespace hearsay::faults
