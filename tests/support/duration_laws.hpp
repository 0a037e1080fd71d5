#pragma once

// Random durations as a user writes them, and the formulas that they must follow.

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace hearsay::testing {

struct DurationLaw {
  std::string written;                         ///< the value of a `delay` or a `latency`
  std::function<double(double)> distribution;  ///< its distribution function, of microseconds
};

/// Every distribution there is, each with a mean of 20 ms.
inline std::vector<DurationLaw> duration_laws() {
  const auto normal = [](double deviations) { return 0.5 * std::erfc(-deviations / std::sqrt(2.0)); };
  const double deviation = std::sqrt(std::log(1 + 0.25 * 0.25));
  const double middle = std::log(20'000.0) - deviation * deviation / 2;
  const double shape = 1 + std::sqrt(1 + 4.0 * 4.0);
  const double scale = 20'000 * (shape - 1) / shape;
  return {
      {"\"5ms..35ms\"", [](double x) { return (x - 5'000) / 30'000; }},
      {"{ distribution = \"normal\", mean = \"20ms\", jitter = \"2ms\" }",
       [=](double x) { return normal((x - 20'000) / 2'000); }},
      {"{ distribution = \"lognormal\", mean = \"20ms\", jitter = \"5ms\" }",
       [=](double x) { return normal((std::log(x) - middle) / deviation); }},
      {"{ distribution = \"exponential\", mean = \"20ms\" }",
       [](double x) { return 1 - std::exp(-x / 20'000); }},
      {"{ distribution = \"pareto\", mean = \"20ms\", jitter = \"5ms\" }",
       [=](double x) { return x < scale ? 0 : 1 - std::pow(scale / x, shape); }},
  };
}

}  // namespace hearsay::testing
