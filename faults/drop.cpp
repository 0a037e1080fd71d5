#include "base/wide.hpp"
#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

/// Takes the marked messages whose draws hit. Returns how many.
HEARSAY_WIDE std::uint32_t take(std::size_t count, const std::uint8_t* marks, const std::uint32_t* drawn,
                                std::uint32_t last, Fate mine, Fate* fate) {
  std::uint32_t hits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto hit = static_cast<std::uint8_t>(marks[i] & static_cast<std::uint8_t>(drawn[i] <= last));
    fate[i] = static_cast<Fate>(fate[i] | (hit * mine));
    hits += hit;
  }
  return hits;
}

class Drop final : public MessageFault {
 public:
  explicit Drop(const Setting& setting)
      : key_(setting.key), probability_(setting.rule.get<double>("probability")), chance_(probability_) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine) override {
    if (chance_.never()) return 0;
    batch.draw(key_);
    std::uint64_t hits = 0;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      hits += take(batch.bursts(), eligible.column(slot).data(), batch.drawn(slot).data(), chance_.last(),
                   mine, batch.fate(slot).data());
    return hits;
  }

  bool off() const override { return probability_ == 0; }
  std::optional<double> chance() const override { return probability_; }
  bool independent() const override { return true; }

 private:
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
