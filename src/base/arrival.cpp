#include "base/arrival.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/wide.hpp"

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

struct Seen {
  Slot differences = 0;  // bits in which the version of one differs from that of the first
  std::uint32_t latest = 0;
};

HEARSAY_WIDE Seen look_at(const Arrival* arrivals, std::size_t count) {
  Seen seen;
  for (std::size_t i = 0; i < count; ++i) {
    seen.differences |= arrivals[i].slot() ^ arrivals[0].slot();
    seen.latest = std::max(seen.latest, arrivals[i].offset());
  }
  return seen;
}

}  // namespace

Arrival::Stretch Arrival::whole(std::span<const Arrival> arrivals) {
  if (arrivals.empty()) return {};
  const Seen all = look_at(arrivals.data(), arrivals.size());
  return all.differences == 0 ? Stretch{arrivals.size(), all.latest} : Stretch{};
}

Arrival::Stretch Arrival::stretch(std::span<const Arrival> arrivals) {
  Stretch first;
  for (; first.count < arrivals.size() && arrivals[first.count].slot() == arrivals[0].slot(); ++first.count)
    first.latest = std::max(first.latest, arrivals[first.count].offset());
  return first;
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
