// The limit: what no simulation of gossip can do without. Each message has a target, drawn under its identity
// by the code that draws all targets, and somebody looks whether that target knows already.

#include <stdexcept>

#include "base/batch.hpp"
#include "base/bits.hpp"
#include "tools/bench/exchange.hpp"
#include "tools/bench/process.hpp"
#include "tools/bench/sim/contestant.hpp"

namespace hearsay::bench::sim {
namespace {

constexpr std::uint32_t kFanout = 4;  // one block of the generator

Bits every_third(std::uint32_t nodes) {
  Bits bits(nodes);
  for (std::uint32_t node = 0; node < nodes; node += 3) bits.set(node);
  return bits;
}

Batch full_batch() {
  Batch batch;
  batch.start(0, 1, 1, kFanout);
  for (NodeId from = 0; !batch.full(); ++from) batch.add(from, 0, 0);
  return batch;
}

std::uint64_t count_known(Batch& batch, const Key& key, UniformBelow any_node, const Bits& known) {
  std::uint64_t count = 0;
  batch.draw(key);
  for (std::uint32_t slot = 0; slot < kFanout; ++slot)
    for (const std::uint32_t draw : batch.drawn(slot)) {
      const NodeId to = any_node(draw);
      count += to != kDrawAgain && known.test(to);
    }
  return count;
}

}  // namespace

Sample run_limit(const Work& work) {
  const std::uint64_t messages = std::uint64_t{15} * work.nodes * work.seeds;
  const Key key(1, "limit");
  const UniformBelow any_node(work.nodes);
  const Bits known = every_third(work.nodes);
  Batch batch = full_batch();
  std::uint64_t done = 0;
  std::uint64_t hits = 0;
  const double begin = cpu_seconds();
  for (; done < messages; done += batch.messages())
    hits += count_known(batch, key.with(done), any_node, known);
  const Sample sample = {done, cpu_seconds() - begin, peak_bytes()};
  if (hits == 0) throw std::runtime_error("no bit was found set");
  return sample;
}

}  // namespace hearsay::bench::sim
