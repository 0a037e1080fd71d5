#include "verdict/intervals.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace hearsay::verdict {
namespace {

double real(std::uint64_t count) { return static_cast<double>(count); }

double each_side(double confidence) { return (1 + confidence) / 2; }

/// The least count that `reaches`, which holds from some count on; gives up at 2^53, where counts as doubles
/// end.
template <typename Reaches>
std::uint64_t least(const Reaches& reaches) {
  if (reaches(0)) return 0;
  std::uint64_t reached = 1;
  while (reached < std::uint64_t{1} << 53 && !reaches(reached)) reached *= 2;
  std::uint64_t missed = reached / 2;
  while (reached - missed > 1) {
    const std::uint64_t middle = missed + (reached - missed) / 2;
    (reaches(middle) ? reached : missed) = middle;
  }
  return reached;
}

/// Kullback-Leibler divergence of a coin of chance p from one of chance q, 0 < q < 1.
double divergence(double p, double q) {
  const double heads = p > 0 ? p * std::log(p / q) : 0;
  const double tails = p < 1 ? (1 - p) * std::log((1 - p) / (1 - q)) : 0;
  return heads + tails;
}

}  // namespace

double lower_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k == 0) return 0;
  if (k == n) return std::pow(1 - confidence, 1 / real(n));
  return boost::math::ibeta_inv(real(k), real(n - k + 1), 1 - confidence);
}

double upper_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k == n) return 1;
  if (k == 0) return -std::expm1(std::log(1 - confidence) / real(n));
  return boost::math::ibetac_inv(real(k + 1), real(n - k), 1 - confidence);
}

Interval two_sided(std::uint64_t k, std::uint64_t n, double confidence) {
  return {lower_limit(k, n, each_side(confidence)), upper_limit(k, n, each_side(confidence))};
}

std::uint64_t successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence) {
  return least([=](std::uint64_t more) { return lower_limit(k + more, n + more, confidence) >= bound; });
}

double mean_lower_limit(double mean, std::uint64_t n, double confidence) {
  if (n == 0) return 0;
  const double most = -std::log(1 - confidence) / real(n);
  double below = 0;
  double above = mean;
  for (double middle = mean / 2; below < middle && middle < above; middle = below + (above - below) / 2) {
    (divergence(mean, middle) > most ? below : above) = middle;
  }
  return below;
}

double mean_upper_limit(double mean, std::uint64_t n, double confidence) {
  return 1 - mean_lower_limit(1 - mean, n, confidence);
}

Interval mean_two_sided(double mean, std::uint64_t n, double confidence) {
  return {mean_lower_limit(mean, n, each_side(confidence)), mean_upper_limit(mean, n, each_side(confidence))};
}

std::uint64_t ones_to_reach(double mean, std::uint64_t n, double bound, double confidence) {
  return least([=](std::uint64_t more) {
    const double ones = mean * real(n) + real(more);
    return mean_lower_limit(ones / real(n + more), n + more, confidence) >= bound;
  });
}

}  // namespace hearsay::verdict
