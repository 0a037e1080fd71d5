#include "theory/push_law.hpp"

#include <algorithm>
#include <cmath>

namespace hearsay::theory {
namespace {

using Law = std::vector<long double>;

long double choose(unsigned n, unsigned k) {
  if (k > n) return 0;
  long double ways = 1;
  for (unsigned i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
  return ways;
}

/// The law of the number hit when `picked` distinct of `nodes` are picked and `marked` of them are marked.
Law hypergeometric(unsigned nodes, unsigned marked, unsigned picked) {
  Law law(picked + 1);
  for (unsigned hits = 0; hits <= picked; ++hits)
    law[hits] = choose(marked, hits) * choose(nodes - marked, picked - hits) / choose(nodes, picked);
  return law;
}

/// The law of what is left when each of a number of that law is lost independently.
Law thinned(const Law& law, long double loss) {
  Law left(law.size());
  for (unsigned whole = 0; whole < law.size(); ++whole)
    for (unsigned kept = 0; kept <= whole; ++kept)
      left[kept] += law[whole] * choose(whole, kept) * std::pow(1 - loss, static_cast<long double>(kept)) *
                    std::pow(loss, static_cast<long double>(whole - kept));
  return left;
}

/// For each number of informed nodes, the law of how many more one burst informs.
std::vector<Law> bursts(unsigned nodes, unsigned fanout, double loss) {
  std::vector<Law> learned;
  for (unsigned informed = 0; informed <= nodes; ++informed)
    learned.push_back(thinned(hypergeometric(nodes, nodes - informed, fanout), loss));
  return learned;
}

/// The law of the number informed after one more burst.
Law after_burst(const Law& informed, const std::vector<Law>& learned) {
  Law after(informed.size());
  for (std::size_t before = 0; before < informed.size(); ++before)
    for (std::size_t more = 0; more < learned[before].size() && before + more < after.size(); ++more)
      after[before + more] += informed[before] * learned[before][more];
  return after;
}

}  // namespace

std::vector<long double> push_final_reach(unsigned nodes, unsigned fanout, unsigned rounds, double loss,
                                          unsigned publish_fanout) {
  Law informed(nodes + 1);
  informed[0] = 1;
  informed = after_burst(informed, bursts(nodes, publish_fanout, loss));

  const std::vector<Law> learned = bursts(nodes, fanout, loss);
  Law reach(nodes + 1);
  for (unsigned taken = 0; taken <= nodes; ++taken) {
    std::swap(reach[taken], informed[taken]);
    for (unsigned round = 0; round < rounds; ++round) informed = after_burst(informed, learned);
  }
  return reach;
}

long double push_reaches_all(unsigned nodes, unsigned fanout, unsigned rounds, double loss,
                             unsigned publish_fanout) {
  return push_final_reach(nodes, fanout, rounds, loss, publish_fanout).back();
}

}  // namespace hearsay::theory
