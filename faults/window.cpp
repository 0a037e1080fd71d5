#include "faults/window.hpp"

namespace hearsay::faults {

std::optional<std::uint64_t> Window::opening(Tick at) const {
  if (at < window_.at) return std::nullopt;
  const Duration since = at - window_.at;
  if (window_.every == 0) return since < window_.length ? std::optional<std::uint64_t>(0) : std::nullopt;
  if (since % window_.every >= window_.length) return std::nullopt;
  return static_cast<std::uint64_t>(since / window_.every);
}

Tick Window::change_after(Tick at) const {
  if (at < window_.at) return window_.at;
  const std::uint64_t k =
      window_.every == 0 ? 0 : static_cast<std::uint64_t>((at - window_.at) / window_.every);
  const Tick opened = begin(k);
  const bool ends = window_.length != kNever;
  if (opening(at)) return ends ? opened + window_.length : kNever;
  return begin(k + 1);
}

Tick Window::opening_after(Tick at) const {
  if (at < window_.at) return window_.at;
  if (window_.every == 0) return kNever;
  return begin(static_cast<std::uint64_t>((at - window_.at) / window_.every) + 1);
}

Tick Window::changed(Tick at) const {
  if (at < window_.at) return kEver;
  const std::uint64_t k =
      window_.every == 0 ? 0 : static_cast<std::uint64_t>((at - window_.at) / window_.every);
  return opening(at) ? begin(k) : begin(k) + window_.length;
}

Tick Window::begin(std::uint64_t k) const {
  if (k == 0) return window_.at;
  return window_.every == 0 ? kNever : window_.at + static_cast<Duration>(k) * window_.every;
}

Tick Window::when(Duration span) const {
  if (window_.length == kNever) return window_.at + span;
  const Tick begins = begin(static_cast<std::uint64_t>(span / window_.length));
  return begins == kNever ? kNever : begins + span % window_.length;
}

std::uint64_t Window::first_from(Tick at) const {
  if (at <= window_.at) return 0;
  if (window_.every == 0) return 1;
  return static_cast<std::uint64_t>((at - window_.at + window_.every - 1) / window_.every);
}

}  // namespace hearsay::faults
