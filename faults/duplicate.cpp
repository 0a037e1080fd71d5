#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "faults/kinds.hpp"
#include "faults/probability.hpp"

namespace hearsay::faults {
namespace {

class Duplicate final : public ChanceFault {
 public:
  explicit Duplicate(const Setting& setting)
      : ChanceFault(setting),
        copies_(static_cast<std::uint32_t>(setting.rule.get<std::uint64_t>("copies"))) {}

 private:
  void hit(Batch& batch, const Eligible& hits, Fate, Effects& effects) override {
    for (std::uint32_t k = 1; k <= copies_; ++k) effects.copy(batch, hits.all(), key(), k);
  }

  std::uint32_t copies_;
};

constexpr std::uint64_t kMostCopies = 1000;

std::vector<scenario::Misfit> check_duplicate(const scenario::Fault& rule) {
  if (rule.get<std::uint64_t>("copies") <= kMostCopies) return {};
  const std::string allowed = fmt::format("at most {}", kMostCopies);
  return {{"copies", "must be " + allowed, allowed}};
}

}  // namespace

Kind duplicate() {
  return {.known = {.declaration =
                        {.name = "duplicate",
                         .summary =
                             "makes copies of messages, each judged on its own by the faults that come after",
                         .parameters = {{"probability", ParameterType::share, "",
                                         "the chance that a message is copied"},
                                        {"copies", ParameterType::count, "1", "how many copies"}},
                         .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .ramps = {"probability"},
                    .check = check_duplicate},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Duplicate>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
