#include "faults/kinds.hpp"
#include "faults/lasting.hpp"

namespace hearsay::faults {
namespace {

class Skew final : public Lasting {
 public:
  explicit Skew(const Setting& setting) : Lasting(setting), factor_(setting.rule.get<double>("factor")) {}

  bool off() const override { return factor_ == 1; }

 private:
  void begin(NodeId node, NodeControl& control) override { control.skew(node, factor_); }
  void end(NodeId node, NodeControl& control) override { control.unskew(node, factor_); }

  double factor_;
};

}  // namespace

Kind skew() {
  return {.known = {.declaration = {.name = "skew",
                                    .summary = "makes the timers of nodes run fast or slow: their rounds "
                                               "come sooner or later",
                                    .parameters = {{"nodes", ParameterType::nodes, "",
                                                    "which; a random choice is drawn at each opening"},
                                                   {"factor", ParameterType::factor, "",
                                                    "so many times as fast as time; 0.5: half as fast"}},
                                    .worlds = "sim, live"},
                    .on_messages = false,
                    .lasting = true},
          .on_messages = nullptr,
          .on_nodes = [](const Setting& setting) -> std::unique_ptr<NodeFault> {
            return std::make_unique<Skew>(setting);
          }};
}

}  // namespace hearsay::faults
