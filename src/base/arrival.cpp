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

HEARSAY_WIDE bool of_one_version(const Arrival* arrivals, std::size_t count) {
  Slot differences = 0;
  for (std::size_t i = 0; i < count; ++i) differences |= arrivals[i].slot() ^ arrivals[0].slot();
  return differences == 0;
}

HEARSAY_WIDE std::uint32_t latest(const Arrival* arrivals, std::size_t count) {
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < count; ++i) most = std::max(most, arrivals[i].offset());
  return most;
}

}  // namespace

Arrival::Stretch Arrival::stretch(std::span<const Arrival> arrivals) {
  if (arrivals.empty()) return {};
  std::size_t count = arrivals.size();
  if (!of_one_version(arrivals.data(), count))
    for (count = 1; arrivals[count].slot() == arrivals[0].slot();) ++count;
  return {count, latest(arrivals.data(), count)};
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
