#include "base/random_duration.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/portable_math.hpp"
#include "base/random.hpp"
#include "base/uniform_lanes.hpp"

namespace hearsay {
namespace {

using Table = RandomDuration::Table;
using Ends = std::array<double, std::tuple_size_v<Table>>;

// Of the 52 bits of the mantissa of a double, the first name the cell, and these many more the place in it.
constexpr unsigned kPlaceBits = 21;
constexpr unsigned kCellShift = 52 - RandomDuration::kCellBits;
constexpr unsigned kPlaceShift = kCellShift - kPlaceBits;
constexpr std::uint64_t kFirstCell = std::bit_cast<std::uint64_t>(1.0) >> kCellShift;

// Entries are in 1/256 microsecond, and their differences times 2^kPlaceBits must fit 63 bits.
constexpr unsigned kFractionBits = 8;
constexpr Duration kBeyond = 2 * kHour;

/// `quantile(below, above)` at all ends of cells, which have a probability `below` and one of `above`. Both
/// are exact: one of them is a small integer times a power of two.
template <typename Quantile>
Ends at_ends(Quantile quantile) {
  constexpr std::uint64_t kCells = std::uint64_t{1} << RandomDuration::kCellBits;
  Ends ends{};
  for (std::size_t i = 0; i < RandomDuration::kEndsOfHalf; ++i) {
    const std::uint64_t scaled_tail = (kCells + i % kCells) << (i / kCells);
    const double tail = static_cast<double>(scaled_tail) / static_cast<double>(kCells << 33);
    ends[i] = quantile(tail, 1 - tail);
    ends[RandomDuration::kEndsOfHalf + i] = quantile(1 - tail, tail);
  }
  return ends;
}

const Ends& standard_normal() {
  static const Ends ends = at_ends([](double below, double above) {
    return below < above ? portable_normal_deviate(below) : -portable_normal_deviate(above);
  });
  return ends;
}

const Ends& standard_exponential() {
  static const Ends ends = at_ends([](double, double above) { return -portable_ln(above); });
  return ends;
}

std::int64_t entry(double microseconds) {
  constexpr auto kMost = static_cast<double>(kBeyond);
  return static_cast<std::int64_t>(std::clamp(microseconds, -kMost, kMost) * (1 << kFractionBits));
}

template <typename Value>
std::shared_ptr<const Table> table_of(const Ends& standard, Value value) {
  auto table = std::make_shared<Table>();
  std::ranges::transform(standard, table->begin(), [value](double end) { return entry(value(end)); });
  return table;
}

std::shared_ptr<const Table> make_table(const DurationModel& model) {
  const auto mean = static_cast<double>(model.mean);
  const auto jitter = static_cast<double>(model.jitter);
  switch (model.shape) {
    case DurationModel::Shape::uniform:
      break;
    case DurationModel::Shape::normal:
      return table_of(standard_normal(), [=](double z) { return mean + jitter * z; });
    case DurationModel::Shape::lognormal: {
      const double variance = portable_ln(1 + jitter / mean * (jitter / mean));
      const double middle = portable_ln(mean) - variance / 2;
      const double spread = std::sqrt(variance);
      return table_of(standard_normal(), [=](double z) { return portable_exp(middle + spread * z); });
    }
    case DurationModel::Shape::exponential:
      return table_of(standard_exponential(), [=](double e) { return mean * e; });
    case DurationModel::Shape::pareto: {
      const double shape = 1 + std::sqrt(1 + mean / jitter * (mean / jitter));
      const double scale = mean * (shape - 1) / shape;
      return table_of(standard_exponential(), [=](double e) { return scale * portable_exp(e / shape); });
    }
  }
  return nullptr;
}

/// The quantile of a word, before bounds. 2t + 1 is 2^33 times the probability of its tail; as a double,
/// which holds it exactly, it has the octave for its exponent, and the cell and the place in it lead its
/// mantissa.
std::int64_t interpolated(const std::int64_t* table, std::uint32_t drawn) {
  const std::uint32_t upper = drawn >> 31;
  const std::uint32_t tail = drawn ^ (0 - upper);
  const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(std::int64_t{2} * tail + 1));
  const std::uint64_t cell = (bits >> kCellShift) - kFirstCell + upper * RandomDuration::kEndsOfHalf;
  const auto place = static_cast<std::int64_t>(bits >> kPlaceShift & ((1U << kPlaceBits) - 1));
  const std::int64_t step = (table[cell + 1] - table[cell]) * place >> kPlaceBits;
  return (table[cell] + step + (1 << (kFractionBits - 1))) >> kFractionBits;
}

// Of a span of time that is uniform, for each word and marks of 1 or 0.
struct Uniform {
  std::uint32_t least;
  std::uint32_t values;

  std::uint32_t of(std::uint32_t drawn) const {
    return least + static_cast<std::uint32_t>(scaled(values, drawn));
  }
};

void add_uniform(Uniform uniform, std::size_t count, const std::uint32_t* drawn, std::uint32_t* onto) {
  for (std::size_t i = add_scaled_lanes(uniform.values, uniform.least, count, drawn, onto); i < count; ++i)
    onto[i] += uniform.of(drawn[i]);
}

void add_marked_uniform(Uniform uniform, std::size_t count, const std::uint32_t* drawn,
                        const std::uint8_t* marked, std::uint32_t* onto) {
  std::size_t i = add_marked_lanes(uniform.values, uniform.least, count, drawn, marked, onto);
  for (; i < count; ++i) onto[i] += (0 - std::uint32_t{marked[i]}) & uniform.of(drawn[i]);
}

}  // namespace

RandomDuration::RandomDuration(const DurationModel& model)
    : least_(model.low), most_(model.high), table_(make_table(model)) {
  if (table_ == nullptr) return;
  const auto bounded = [&](std::uint32_t drawn) {
    return std::clamp(interpolated(table_->data(), drawn), model.low, model.high);
  };
  least_ = bounded(0);
  most_ = bounded(~0U);
}

// Loops without branches, over locals: what can be vectorised, compilers do.
template <typename Wanted>
void RandomDuration::add_where(Wanted wanted, std::span<const std::uint32_t> drawn,
                               std::span<std::uint32_t> onto) const {
  const std::uint32_t least = lowest();
  const std::size_t count = onto.size();
  if (constant()) {
    for (std::size_t i = 0; i < count; ++i) onto[i] += wanted(i) * least;
  } else {
    const std::int64_t* const table = table_->data();
    for (std::size_t i = 0; i < count; ++i)
      onto[i] +=
          wanted(i) * static_cast<std::uint32_t>(std::clamp(interpolated(table, drawn[i]), least_, most_));
  }
}

void RandomDuration::add(std::span<const std::uint32_t> drawn, std::span<std::uint32_t> onto) const {
  if (uniform()) return add_uniform({lowest(), values()}, onto.size(), drawn.data(), onto.data());
  add_where([](std::size_t) { return 1U; }, drawn, onto);
}

void RandomDuration::add(std::span<const std::uint32_t> drawn, std::span<const std::uint8_t> marked,
                         std::span<std::uint32_t> onto) const {
  if (uniform())
    return add_marked_uniform({lowest(), values()}, onto.size(), drawn.data(), marked.data(), onto.data());
  add_where([marked](std::size_t i) { return std::uint32_t{marked[i]}; }, drawn, onto);
}

Duration RandomDuration::of(std::uint32_t drawn) const {
  std::uint32_t duration = 0;
  add({&drawn, 1}, {&duration, 1});
  return duration;
}

}  // namespace hearsay
