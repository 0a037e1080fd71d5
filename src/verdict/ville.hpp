#pragma once

// When evidence that grows is enough, however often one looks at it.

#include <cmath>

namespace hearsay::verdict {

/// The logarithm of the capital that a bet against something true reaches, ever, with probability at most
/// 1 - confidence. Source: J. Ville, "Étude critique de la notion de collectif" (1939): a martingale that is
/// never negative and starts at 1 ever reaches 1/a with probability at most a.
inline double enough_capital(double confidence) { return -std::log(1 - confidence); }

}  // namespace hearsay::verdict
