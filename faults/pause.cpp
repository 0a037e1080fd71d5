#include "faults/kinds.hpp"
#include "faults/lasting.hpp"

namespace hearsay::faults {
namespace {

class Pause final : public Lasting {
 public:
  using Lasting::Lasting;

 private:
  void begin(NodeId node, NodeControl& control) override { control.pause(node); }
  void end(NodeId node, NodeControl& control) override { control.resume(node); }
};

}  // namespace

Kind pause() {
  return {.known = {.declaration = {.name = "pause",
                                    .summary = "stops nodes as long as it is open: their rounds and what "
                                               "reaches them wait, and come when they go on",
                                    .parameters = {{"nodes", ParameterType::nodes, "",
                                                    "which; a random choice is drawn at each opening"}},
                                    .worlds = "sim, live"},
                    .on_messages = false,
                    .lasting = true},
          .on_messages = nullptr,
          .on_nodes = [](const Setting& setting) -> std::unique_ptr<NodeFault> {
            return std::make_unique<Pause>(setting);
          }};
}

}  // namespace hearsay::faults
