#include "faults/kinds.hpp"
#include "faults/probability.hpp"

namespace hearsay::faults {
namespace {

/// The world garbles what is marked so: what arrives is no version, and its receiver rejects it.
class Corrupt final : public ChanceFault {
 public:
  using ChanceFault::ChanceFault;

 private:
  void hit(Batch& batch, const Eligible& hits, Fate, Effects&) override { mark(batch, hits, kGarbled); }
};

}  // namespace

Kind corrupt() {
  return {.known = {.declaration = {.name = "corrupt",
                                    .summary =
                                        "garbles messages on their way, so that their receivers reject them",
                                    .parameters = {{"probability", ParameterType::share, "",
                                                    "the chance that a message is garbled"}},
                                    .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .ramps = {"probability"}},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Corrupt>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
