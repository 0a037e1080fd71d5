#include "base/arrival.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hearsay {
namespace {

constexpr std::size_t kDigits = 256;
constexpr std::size_t kFew = 64;

using Counts = std::array<std::uint32_t, kDigits>;

std::size_t digit(std::uint32_t offset, unsigned shift) { return offset >> shift & (kDigits - 1); }

/// One pass of a radix sort, from `from` to `to`, by the digit at `shift`.
void sort_by_digit(std::span<const Arrival> from, Arrival* to, unsigned shift) {
  Counts places = {};
  for (const Arrival arrival : from) ++places[digit(arrival.offset(), shift)];
  std::uint32_t place = 0;
  for (std::uint32_t& count : places) place += std::exchange(count, place);
  for (const Arrival arrival : from) to[places[digit(arrival.offset(), shift)]++] = arrival;
}

}  // namespace

Arrival::Stretch Arrival::stretch(std::span<const Arrival> arrivals) {
  constexpr std::uint64_t kSlots = kMostSlot << kSlotAt;
  const std::uint64_t first = arrivals.empty() ? 0 : arrivals.front().bits_;
  std::uint64_t latest = 0;
  std::size_t count = 0;
  for (; count < arrivals.size(); ++count) {
    const std::uint64_t bits = arrivals[count].bits_;
    if (((bits ^ first) & kSlots) != 0) break;
    latest = std::max(latest, bits);
  }
  return {count, static_cast<std::uint32_t>(latest >> kOffsetAt)};
}

void Arrival::sort(std::span<Arrival> arrivals, std::vector<Arrival>& spare) {
  if (arrivals.size() < kFew)
    return std::stable_sort(arrivals.begin(), arrivals.end(),
                            [](Arrival a, Arrival b) { return a.offset() < b.offset(); });
  spare.resize(arrivals.size());
  sort_by_digit(arrivals, spare.data(), 0);
  sort_by_digit(spare, arrivals.data(), 8);
}

}  // namespace hearsay
