#include <numeric>

#include "base/random_duration.hpp"
#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

class Delay final : public MessageFault {
 public:
  explicit Delay(const Setting& setting)
      : key_(setting.key), delay_(setting.rule.get<DurationModel>("delay")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate) override {
    if (!delay_.constant()) batch.draw(key_);
    std::uint64_t hits = 0;
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      const auto marks = eligible.column(slot);
      delay_.add(batch.drawn(slot), marks, batch.delay(slot));
      hits = std::accumulate(marks.begin(), marks.end(), hits);
    }
    return hits;
  }

  bool off() const override { return delay_.most() == 0; }
  bool delays() const override { return true; }

 private:
  Key key_;
  RandomDuration delay_;
};

}  // namespace

Kind delay() {
  return {.known =
              {.declaration = {.name = "delay",
                               .summary = "holds messages back, by a constant or a random time",
                               .parameters = {{"delay", ParameterType::duration_range, "",
                                               "how long; with the latency and all other delays at most 1h"}},
                               .worlds = "sim, live"},
               .on_messages = true,
               .lasting = true},
          .delay = [](const scenario::Fault& rule) -> const DurationModel& {
            return rule.get<DurationModel>("delay");
          },
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Delay>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
