#include "verdict/beta.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace hearsay::verdict {
namespace {

/// Computes in doubles. In long doubles, as Boost does unless told otherwise, all takes three times as long
/// and depends on the processor.
using Doubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

/// Parameters of the beta law are counts here.
double shape(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

double beta_quantile(double a, double b, double below) {
  return boost::math::ibeta_inv(a, b, below, Doubles());
}

double beta_quantile_from_above(double a, double b, double above) {
  return boost::math::ibetac_inv(a, b, above, Doubles());
}

double log_beta_integral_above(double a, double b, double x) {
  const double whole = boost::math::lgamma(a, Doubles()) + boost::math::lgamma(b, Doubles()) -
                       boost::math::lgamma(a + b, Doubles());
  return whole + std::log(boost::math::ibetac(a, b, x, Doubles()));
}

double binomial_at_least(std::uint64_t k, std::uint64_t n, double p) {
  if (k == 0) return 1;
  if (k > n) return 0;
  return boost::math::ibeta(shape(k), shape(n - k + 1), p, Doubles());
}

double binomial_at_most(std::uint64_t k, std::uint64_t n, double p) {
  if (k >= n) return 1;
  return boost::math::ibetac(shape(k + 1), shape(n - k), p, Doubles());
}

}  // namespace hearsay::verdict
