#include "faults/probability.hpp"

#include "base/wide.hpp"

namespace hearsay::faults {
namespace {

HEARSAY_WIDE std::uint32_t hit(std::size_t count, const std::uint8_t* eligible, const std::uint32_t* drawn,
                               std::uint32_t last, std::uint8_t* hits) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    hits[i] = static_cast<std::uint8_t>(eligible[i] & static_cast<std::uint8_t>(drawn[i] <= last));
    sum += hits[i];
  }
  return sum;
}

HEARSAY_WIDE void give(std::size_t count, const std::uint8_t* hits, Fate mine, Fate* fate) {
  for (std::size_t i = 0; i < count; ++i) fate[i] = static_cast<Fate>(fate[i] | (hits[i] * mine));
}

}  // namespace

Probability::Probability(const Setting& setting)
    : share_(setting.rule, "probability"), chance_(share_.most()) {}

std::uint64_t Probability::draw(Batch& batch, const Key& key, const Eligible& eligible,
                                Eligible& hits) const {
  if (chance_.never()) return 0;
  batch.draw(key);
  hits.lay_out(batch);
  if (!constant()) return draw_ramped(batch, eligible, hits);
  std::uint64_t sum = 0;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    sum += hit(batch.bursts(), eligible.column(slot).data(), batch.drawn(slot).data(), chance_.last(),
               hits.column(slot).data());
  return sum;
}

std::uint64_t Probability::draw_ramped(const Batch& batch, const Eligible& eligible, Eligible& hits) const {
  std::uint64_t sum = 0;
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
    const Chance chance(share_.at(batch.at()[burst]));
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      const bool hit = eligible.column(slot)[burst] != 0 && chance.hits(batch.drawn(slot)[burst]);
      hits.column(slot)[burst] = hit ? 1 : 0;
      sum += hit ? 1 : 0;
    }
  }
  return sum;
}

std::uint64_t ChanceFault::judge(Batch& batch, const Eligible& eligible, Fate mine, Effects& effects) {
  const std::uint64_t count = probability_.draw(batch, key_, eligible, hits_);
  if (count != 0) hit(batch, hits_, mine, effects);
  return count;
}

void take(Batch& batch, const Eligible& hits, Fate mine) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    give(batch.bursts(), hits.column(slot).data(), mine, batch.fate(slot).data());
}

void mark(Batch& batch, const Eligible& hits, Marks marks) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto column = hits.column(slot);
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      if (column[burst] != 0) batch.mark(slot, burst, marks);
  }
}

}  // namespace hearsay::faults
