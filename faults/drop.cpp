#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

class Drop final : public MessageFault {
 public:
  explicit Drop(const Setting& setting)
      : key_(setting.key), probability_(setting.rule.get<double>("probability")), chance_(probability_) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine) override {
    batch.draw(key_);
    std::uint64_t hits = 0;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      const auto marks = eligible.column(slot);
      const auto drawn = batch.drawn(slot);
      const auto fate = batch.fate(slot);
      for (std::size_t i = 0; i < fate.size(); ++i) {
        const bool hit = marks[i] != 0 && chance_.hits(drawn[i]);
        fate[i] = hit ? mine : fate[i];
        hits += hit;
      }
    }
    return hits;
  }

  bool off() const override { return probability_ == 0; }
  double chance() const override { return probability_; }

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
                                    .worlds = "live"},
                    .on_messages = true,
                    .lasting = true},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Drop>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
