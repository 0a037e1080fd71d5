#include <optional>
#include <unordered_map>
#include <vector>

#include "base/bytes.hpp"
#include "faults/kinds.hpp"
#include "faults/ramping.hpp"
#include "faults/scope.hpp"
#include "faults/strength.hpp"

namespace hearsay::faults {
namespace {

class Delay final : public MessageFault {
 public:
  explicit Delay(const Setting& setting)
      : key_(setting.key), delay_(setting.rule.get<DurationModel>("delay")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate, Effects&) override {
    if (!delay_.constant()) batch.draw(key_);
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      delay_.add(batch.drawn(slot), eligible.column(slot), batch.delay(slot));
    return sum_of_bytes(eligible.all());
  }

  bool off() const override { return delay_.most() == 0; }
  bool delays() const override { return true; }

 private:
  Key key_;
  RandomDuration delay_;
};

/// The same to all that are sent at one time, but another at another.
class RampedDelay final : public MessageFault {
 public:
  explicit RampedDelay(const Setting& setting) : delay_(Ramping::of_duration(setting.rule)) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate, Effects&) override {
    std::uint64_t hits = 0;
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
      const auto delay = static_cast<std::uint32_t>(delay_.at(batch.at()[burst]));
      for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
        const std::uint8_t mark = eligible.column(slot)[burst];
        batch.delay(slot)[burst] += mark * delay;
        hits += mark;
      }
    }
    return hits;
  }

  bool off() const override { return delay_.most() == 0; }
  bool delays() const override { return true; }

 private:
  Ramping delay_;
};

double correlation(const Setting& setting) { return Strength(setting.rule, "correlation").most(); }

/// With the chance of `correlation`, a message repeats the word that gave the one before it on its link its
/// delay, else it takes its own. So the correlation of messages that are k apart is its k-th power, whatever
/// the distribution, which stays what it is.
class CorrelatedDelay final : public MessageFault {
 public:
  explicit CorrelatedDelay(const Setting& setting)
      : key_(setting.key),
        repeat_key_(setting.key.with("correlation")),
        repeat_(correlation(setting)),
        delay_(setting.rule.get<DurationModel>("delay")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate, Effects&) override {
    find_repeats(batch);
    batch.draw(key_);
    std::uint64_t hits = 0;
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
        if (eligible.column(slot)[burst] == 0) continue;
        const std::uint64_t link = links_.of(batch.from()[burst], batch.to(slot)[burst]);
        const auto [word, first] = last_words_.try_emplace(link, batch.drawn(slot)[burst]);
        if (!first && !repeats_[std::size_t{slot} * batch.bursts() + burst])
          word->second = batch.drawn(slot)[burst];
        batch.delay(slot)[burst] += static_cast<std::uint32_t>(delay_.of(word->second));
        ++hits;
      }
    return hits;
  }

  bool off() const override { return delay_.most() == 0; }
  bool delays() const override { return true; }
  Order order() const override { return Order::by_time; }

 private:
  void find_repeats(Batch& batch) {
    batch.draw(repeat_key_);
    repeats_.clear();
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      for (const std::uint32_t word : batch.drawn(slot)) repeats_.push_back(repeat_.hits(word));
  }

  Key key_;
  Key repeat_key_;
  Chance repeat_;
  RandomDuration delay_;
  Scope links_{"link"};
  std::vector<bool> repeats_;                                    // as the columns of the batch
  std::unordered_map<std::uint64_t, std::uint32_t> last_words_;  // by link; looked up only, never iterated
};

std::unique_ptr<MessageFault> make(const Setting& setting) {
  if (setting.rule.ramps("delay")) return std::make_unique<RampedDelay>(setting);
  const bool constant = RandomDuration(setting.rule.get<DurationModel>("delay")).constant();
  if (constant || correlation(setting) == 0) return std::make_unique<Delay>(setting);
  return std::make_unique<CorrelatedDelay>(setting);
}

}  // namespace

Kind delay() {
  return {.known = {.declaration =
                        {.name = "delay",
                         .summary = "holds messages back, by a constant or a random time",
                         .parameters = {{"delay", ParameterType::duration_range, "",
                                         "how long; with the latency and all other delays at most 1h"},
                                        {"correlation", ParameterType::share, "0%",
                                         "of a random delay with that of the message before it on its link"}},
                         .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .ramps = {"delay"}},
          .longest_delay = [](const scenario::Fault& rule) -> Longest {
            if (!rule.ramps("delay")) return Longest::of(rule.get<DurationModel>("delay"));
            return {Ramping::of_duration(rule).most()};
          },
          .delay_keys = {"delay", "ramp"},
          .on_messages = make,
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
