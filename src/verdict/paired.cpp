#include "verdict/paired.hpp"

#include "verdict/beta.hpp"

namespace hearsay::verdict {
namespace {

constexpr double kErrorOfDirection = 0.9;

double at_least_so_many(std::uint64_t count, std::uint64_t unlike) {
  return binomial_at_least(count, unlike, 0.5);
}

}  // namespace

Pairs& Pairs::operator+=(const Pairs& other) {
  count += other.count;
  gained += other.gained;
  lost += other.lost;
  return *this;
}

double loss_p_value(const Pairs& pairs) { return at_least_so_many(pairs.lost, pairs.gained + pairs.lost); }

double gain_p_value(const Pairs& pairs) { return at_least_so_many(pairs.gained, pairs.gained + pairs.lost); }

Interval difference(const Pairs& pairs, double confidence) {
  const std::uint64_t unlike = pairs.gained + pairs.lost;
  const double error = 1 - confidence;
  const Interval gain = two_sided(pairs.gained, unlike, 1 - kErrorOfDirection * error);
  const Interval share = two_sided(unlike, pairs.count, 1 - (1 - kErrorOfDirection) * error);
  const auto widest = [&](double direction, bool down) {
    return direction * ((direction < 0) == down ? share.high : share.low);
  };
  return {widest(2 * gain.low - 1, true), widest(2 * gain.high - 1, false)};
}

}  // namespace hearsay::verdict
