#include <unordered_map>

#include "base/random.hpp"
#include "faults/kinds.hpp"
#include "faults/lasting.hpp"
#include "faults/span.hpp"

namespace hearsay::faults {
namespace {

class Slow final : public Lasting, private Slowness {
 public:
  explicit Slow(const Setting& setting)
      : Lasting(setting), key_(setting.key), delay_(setting.rule, "delay") {}

  bool off() const override { return delay_.zero(); }

 private:
  void begin(NodeId node, NodeControl& control) override { control.slow(node, *this); }
  void end(NodeId node, NodeControl& control) override { control.unslow(node, *this); }

  Duration takes(NodeId node, Tick at) override {
    const std::uint64_t number = handled_[node]++;
    const auto low = static_cast<std::uint32_t>(number);
    const auto high = static_cast<std::uint32_t>(number >> 32);
    return delay_.of(key_.block(node, low, high, 0)[0], at);
  }

  Key key_;
  Span delay_;
  std::unordered_map<NodeId, std::uint64_t> handled_;  // messages so far; looked up only, never iterated
};

}  // namespace

Kind slow() {
  return {.known = {.declaration = {.name = "slow",
                                    .summary = "makes nodes handle one message after the other, and take "
                                               "their time over each",
                                    .parameters = {{"nodes", ParameterType::nodes, "",
                                                    "which; a random choice is drawn at each opening"},
                                                   {"delay", ParameterType::duration_range, "",
                                                    "how long they take; a range or a distribution is "
                                                    "drawn for each message"}},
                                    .worlds = "sim, live"},
                    .on_messages = false,
                    .lasting = true,
                    .ramps = {"delay"}},
          .on_messages = nullptr,
          .on_nodes = [](const Setting& setting) -> std::unique_ptr<NodeFault> {
            return std::make_unique<Slow>(setting);
          }};
}

}  // namespace hearsay::faults
