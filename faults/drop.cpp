#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

class Drop final : public MessageFault {
 public:
  explicit Drop(const Setting& setting)
      : key_(setting.key), probability_(setting.rule.get<double>("probability")), chance_(probability_) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine) override {
    if (chance_.never()) return 0;
    batch.draw(key_);
    std::uint64_t hits = 0;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      hits += judge(eligible.column(slot), batch.drawn(slot), batch.fate(slot), mine);
    return hits;
  }

  bool off() const override { return probability_ == 0; }
  double chance() const override { return probability_; }

 private:
  std::uint32_t judge(std::span<const std::uint8_t> marks, std::span<const std::uint32_t> drawn,
                      std::span<Fate> fate, Fate mine) const {
    const std::uint32_t last = chance_.last();
    std::uint32_t hits = 0;
    for (std::size_t i = 0; i < fate.size(); ++i) {
      const auto hit = static_cast<std::uint8_t>(marks[i] & (drawn[i] <= last));
      fate[i] = static_cast<Fate>(fate[i] | (hit * mine));
      hits += hit;
    }
    return hits;
  }

  Key key_;
  double probability_;
  Chance chance_;
};

}  // namespace

Kind drop() {
  return {.known = {.declaration = {.name = "drop",
                                    .summary = "takes messages, each independently of all others",
                                    .parameters = {{"probability", ParameterType::share, "",
                                                    "the chance that a message is taken"}},
                                    .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Drop>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
