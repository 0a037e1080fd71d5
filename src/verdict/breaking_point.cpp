#include "verdict/breaking_point.hpp"

#include <bit>

namespace hearsay::verdict {
namespace {

using Probe = std::function<Verdict(std::size_t)>;

/// Places from `known`, which is `verdict`, towards `other`, which is not, halved until the last that is
/// `verdict` is next to one that is not. Returns it. `other` becomes the nearest of the opposite verdict,
/// should one turn up.
std::size_t nearest(std::size_t known, Verdict verdict, std::size_t unknown,
                    std::optional<std::size_t>& other, const Probe& probe) {
  while (known + 1 < unknown || unknown + 1 < known) {
    const std::size_t middle =
        known < unknown ? known + (unknown - known) / 2 : known - (known - unknown) / 2;
    const Verdict found = probe(middle);
    if (found == verdict) {
      known = middle;
    } else {
      unknown = middle;
      if (found != Verdict::inconclusive) other = middle;
    }
  }
  return known;
}

/// Between a place that holds and one that fails.
Bracket halve(std::size_t holds, std::size_t fails, const Probe& probe) {
  while (holds + 1 < fails || fails + 1 < holds) {
    const std::size_t middle = holds < fails ? holds + (fails - holds) / 2 : holds - (holds - fails) / 2;
    const Verdict found = probe(middle);
    if (found == Verdict::inconclusive) {
      std::optional<std::size_t> failing = fails;
      const std::size_t holding = nearest(holds, Verdict::pass, middle, failing, probe);
      if (failing != fails) return {holding, failing};
      std::optional<std::size_t> other = holding;
      const std::size_t nearest_failing = nearest(fails, Verdict::fail, middle, other, probe);
      return {other, nearest_failing};
    }
    (found == Verdict::pass ? holds : fails) = middle;
  }
  return {holds, fails};
}

}  // namespace

std::size_t most_probes(std::size_t places) {
  return 2 + 2 * static_cast<std::size_t>(std::bit_width(places));
}

Bracket find_breaking_point(std::size_t places, const Probe& probe) {
  const std::size_t last = places - 1;
  const Verdict first_found = probe(0);
  const Verdict last_found = probe(last);
  Bracket found;
  const auto note = [&](Verdict verdict, std::size_t place) {
    if (verdict == Verdict::pass) found.holds = place;
    if (verdict == Verdict::fail) found.fails = place;
  };
  note(first_found, 0);
  note(last_found, last);
  if (found.holds && found.fails) return halve(*found.holds, *found.fails, probe);
  if (first_found == last_found) return found;
  // One end cannot be told: the breaking point is near it.
  const bool first_known = first_found != Verdict::inconclusive;
  const Verdict known = first_known ? first_found : last_found;
  std::optional<std::size_t>& other = known == Verdict::pass ? found.fails : found.holds;
  const std::size_t place = nearest(first_known ? 0 : last, known, first_known ? last : 0, other, probe);
  note(known, place);
  return found;
}

}  // namespace hearsay::verdict
