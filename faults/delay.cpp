#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

class Delay final : public MessageFault {
 public:
  explicit Delay(const Setting& setting)
      : key_(setting.key), delay_(setting.rule.get<scenario::DurationRange>("delay")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate) override {
    batch.draw(key_);
    const auto values = static_cast<std::uint64_t>(delay_.high - delay_.low) + 1;
    const auto low = static_cast<std::uint64_t>(delay_.low);
    std::uint64_t hits = 0;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      const auto marks = eligible.column(slot);
      const auto drawn = batch.drawn(slot);
      const auto delay = batch.delay(slot);
      for (std::size_t i = 0; i < delay.size(); ++i) {
        const std::uint64_t held = low + scaled(values, drawn[i]);
        delay[i] += static_cast<std::uint32_t>(marks[i] * held);
        hits += marks[i];
      }
    }
    return hits;
  }

  bool off() const override { return delay_.high == 0; }

 private:
  Key key_;
  scenario::DurationRange delay_;
};

}  // namespace

Kind delay() {
  return {
      .known = {.declaration = {.name = "delay",
                                .summary = "holds messages back, by a constant or a uniformly random time",
                                .parameters = {{"delay", ParameterType::duration_range, "",
                                                "how long, up to 1h in sum with all other delays"}},
                                .worlds = "sim, live"},
                .on_messages = true,
                .lasting = true},
      .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
        return std::make_unique<Delay>(setting);
      },
      .on_nodes = nullptr};
}

}  // namespace hearsay::faults
