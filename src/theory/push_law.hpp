#pragma once

// The exact law of how far one version of protocol `push` gets under independent loss.
//
// The initiator bursts once, every node that learned the version bursts `rounds` times. A burst is one
// message to each of `fanout` distinct nodes, drawn uniformly from all, the sender not excluded. Each message
// is lost with probability `loss`, independently of all else.
//
// Who learns in the end does not depend on when: draw all targets and losses beforehand, and the version
// reaches the nodes to which a path of surviving messages leads from the initiator. Such paths may be
// explored in any order, so take the informed nodes one at a time. The state is (informed, taken). Take a
// node, and let it burst: of its targets, a hypergeometric number h are among the nodes - informed uninformed
// ones (every other message changes nothing), and a binomial(h, 1 - loss) number of those learn. By symmetry
// it does not matter which nodes are informed. After `rounds` bursts the node is taken. The version has got
// as far as it will when taken = informed; a dynamic programme over the states, exact but for rounding, gives
// the law of that number.

#include <vector>

namespace hearsay::theory {

/// The probability of each final number 0..nodes of nodes that learned a version: element n is that of n.
/// fanout and publish_fanout in 0..nodes, loss in 0..1. Time grows as nodes² · fanout · rounds.
std::vector<long double> push_final_reach(unsigned nodes, unsigned fanout, unsigned rounds, double loss,
                                          unsigned publish_fanout);

/// The probability that a version reaches all nodes: the last element of push_final_reach.
long double push_reaches_all(unsigned nodes, unsigned fanout, unsigned rounds, double loss,
                             unsigned publish_fanout);

}  // namespace hearsay::theory
