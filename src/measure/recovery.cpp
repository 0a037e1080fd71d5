#include "measure/recovery.hpp"

namespace hearsay::measure {

void RecoveryMeter::heal(Tick at, Slot before, std::uint64_t lacking) {
  healed_ = at;
  before_ = before;
  lacking_ = lacking;
}

void RecoveryMeter::look(Tick at) {
  if (healed() && recovered_ == kNever && lacking_ == 0) recovered_ = at;
}

std::optional<Recovery> RecoveryMeter::result() const {
  if (!asked_) return {};
  if (!healed()) return Recovery{.longest = 0, .unhealed = 1};
  return Recovery{.longest = recovered_ == kNever ? kNever : recovered_ - healed_, .unhealed = 0};
}

}  // namespace hearsay::measure
