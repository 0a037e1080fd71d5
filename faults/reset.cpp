#include "faults/kinds.hpp"
#include "faults/probability.hpp"

namespace hearsay::faults {
namespace {

/// Lost, and the sender knows. A world with connections really cuts one where it sees the mark.
class Reset final : public ChanceFault {
 public:
  using ChanceFault::ChanceFault;

 private:
  void hit(Batch& batch, const Eligible& hits, Fate mine, Effects&) override {
    take(batch, hits, mine);
    mark(batch, hits, kCut);
  }
};

}  // namespace

Kind reset() {
  return {
      .known = {.declaration =
                    {.name = "reset",
                     .summary = "cuts connections in mid-request: the message is lost, and its sender knows",
                     .parameters = {{"probability", ParameterType::share, "",
                                     "the chance that a message is cut off"}},
                     .worlds = "sim, live"},
                .on_messages = true,
                .lasting = true,
                .ramps = {"probability"}},
      .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
        return std::make_unique<Reset>(setting);
      },
      .on_nodes = nullptr};
}

}  // namespace hearsay::faults
