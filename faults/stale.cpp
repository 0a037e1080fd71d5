#include <cstdint>
#include <span>

#include "faults/kinds.hpp"
#include "faults/probability.hpp"

namespace hearsay::faults {
namespace {

/// Beside a message that is hit, another one goes the same way: of an older version that has not settled.
/// Which one is drawn among those there are.
class Stale final : public ChanceFault {
 public:
  explicit Stale(const Setting& setting) : ChanceFault(setting), which_key_(setting.key.with("which")) {}

  Order order() const override { return Order::by_instant; }

  /// It can hit only where there is an older version.
  bool narrows() const override { return true; }
  void narrow(const Batch& batch, std::span<const std::uint64_t>, const Effects& effects,
              Eligible& eligible) override {
    if (effects.opened_before(batch.slot()).empty()) eligible.reset(batch);
  }

 private:
  void hit(Batch& batch, const Eligible& hits, Fate, Effects& effects) override {
    const auto versions = effects.opened_before(batch.slot());
    batch.draw(which_key_);
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
        if (hits.column(slot)[burst] == 0) continue;
        const OpenVersion& version = versions[scaled(versions.size(), batch.drawn(slot)[burst])];
        picked_.reset(batch);
        picked_.column(slot)[burst] = 1;
        effects.copy(batch, picked_.all(), key(), 1).rename(version.slot, version.version);
      }
  }

  Key which_key_;
  Eligible picked_;
};

}  // namespace

Kind stale() {
  return {
      .known = {.declaration = {.name = "stale",
                                .summary = "replays an older version, that has not settled, beside a message",
                                .parameters = {{"probability", ParameterType::share, "",
                                                "the chance that this happens beside a message"}},
                                .worlds = "sim, live"},
                .on_messages = true,
                .lasting = true,
                .ramps = {"probability"}},
      .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
        return std::make_unique<Stale>(setting);
      },
      .on_nodes = nullptr};
}

}  // namespace hearsay::faults
