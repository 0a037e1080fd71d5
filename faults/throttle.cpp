#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "faults/kinds.hpp"
#include "faults/scope.hpp"

namespace hearsay::faults {
namespace {

/// Time in microseconds and parts of them, so that no rounding adds up over any number of messages.
struct Fine {
  static constexpr std::uint64_t kParts = std::uint64_t{1} << 32;

  Tick whole = 0;
  std::uint64_t parts = 0;  // below kParts

  /// The first whole microsecond at or after it.
  Tick up() const { return whole + (parts == 0 ? 0 : 1); }

  friend Fine operator+(Fine a, Fine b) {
    const std::uint64_t sum = a.parts + b.parts;
    return {a.whole + b.whole + static_cast<Tick>(sum / kParts), sum % kParts};
  }
  friend auto operator<=>(const Fine&, const Fine&) = default;
};

/// How long a message, or a byte, takes at so many a second.
Fine time_of_one(double per_second) {
  const double microseconds = static_cast<double>(kSecond) / per_second;
  const double whole = std::floor(microseconds);
  const double parts = std::floor((microseconds - whole) * static_cast<double>(Fine::kParts));
  return {static_cast<Tick>(whole), static_cast<std::uint64_t>(parts)};
}

std::uint64_t bytes_of(Version version) { return fmt::format_int(version).size(); }

constexpr std::uint64_t kMostBytes = 19;  // of a version

bool by_bytes(const scenario::Fault& rule) { return rule.has("bytes"); }
double rate_of(const scenario::Fault& rule) { return rule.get<double>(by_bytes(rule) ? "bytes" : "rate"); }

/// The longest that a message can wait: behind a full queue.
Longest longest_wait(const scenario::Fault& rule) {
  const double each =
      static_cast<double>(kSecond) / rate_of(rule) * (by_bytes(rule) ? double{kMostBytes} : 1);
  const double all = each * static_cast<double>(rule.get<std::uint64_t>("queue") + 1);
  return {all < static_cast<double>(kLongest) ? static_cast<Duration>(std::ceil(all)) + 1 : kLongest};
}

/// A server that messages pass one after the other, at a constant rate, with a queue before it.
class Throttle final : public MessageFault {
 public:
  explicit Throttle(const Setting& setting)
      : scope_(setting.rule.get<std::string>("scope")),
        by_bytes_(by_bytes(setting.rule)),
        each_(time_of_one(rate_of(setting.rule))),
        room_(setting.rule.get<std::uint64_t>("queue")) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects&) override {
    const std::uint64_t units = by_bytes_ ? bytes_of(batch.version()) : 1;
    std::uint64_t hits = 0;
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
        if (eligible.column(slot)[burst] == 0) continue;
        Server& server = servers_[scope_.of(batch.from()[burst], batch.to(slot)[burst])];
        const std::optional<Duration> wait = pass(server, batch.at()[burst], units);
        if (!wait) batch.fate(slot)[burst] = mine;
        batch.delay(slot)[burst] += static_cast<std::uint32_t>(wait.value_or(0));
        hits += wait != 0 ? 1 : 0;
      }
    return hits;
  }

  bool off() const override { return false; }
  bool delays() const override { return true; }
  Order order() const override { return Order::by_time; }

 private:
  struct Server {
    Fine free;                 // when it can take the next one
    std::deque<Tick> waiting;  // when those that wait will be taken
  };

  /// How long a message that comes at `at` waits; nothing: the queue is full.
  std::optional<Duration> pass(Server& server, Tick at, std::uint64_t units) const {
    while (!server.waiting.empty() && server.waiting.front() <= at) server.waiting.pop_front();
    server.free = std::max(server.free, Fine{at});
    const Tick taken = server.free.up();
    if (taken > at) {
      if (server.waiting.size() >= room_) return std::nullopt;
      server.waiting.push_back(taken);
    }
    for (std::uint64_t unit = 0; unit < units; ++unit) server.free = server.free + each_;
    return taken - at;
  }

  Scope scope_;
  bool by_bytes_;
  Fine each_;
  std::size_t room_;
  std::unordered_map<std::uint64_t, Server> servers_;  // by scope; looked up only, never iterated
};

std::vector<scenario::Misfit> check_throttle(const scenario::Fault& rule) {
  return scenario::exactly_one_of(rule, {"rate", "bytes"});
}

}  // namespace

Kind throttle() {
  return {.known = {.declaration =
                        {.name = "throttle",
                         .summary = "lets messages pass one after the other, at a rate; beyond its queue "
                                    "they are taken",
                         .parameters = {{"rate", ParameterType::rate, "none", "so many messages"},
                                        {"bytes", ParameterType::rate, "none",
                                         "or, instead: so many bytes of what messages say"},
                                        {"queue", ParameterType::count, "100",
                                         "how many messages may wait; those that come beyond are taken"},
                                        Scope::parameter("which messages share a rate")},
                         .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .check = check_throttle},
          .longest_delay = longest_wait,
          .delay_keys = {"queue", "rate", "bytes"},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Throttle>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
