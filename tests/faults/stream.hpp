#pragma once

// Messages as they come in order: batches of one burst, which faults with a memory need.

#include <numeric>
#include <vector>

#include "tests/faults/traffic.hpp"

namespace hearsay::faults {

/// What one node sends at once.
struct Sent {
  Tick at = 0;
  NodeId from = 0;
  std::vector<NodeId> to = {1};
  Version version = 1;
  Round round = 1;
};

/// Judges bursts, one after the other, and keeps the room that they take.
class Stream {
 public:
  explicit Stream(Layer& layer) : layer_(layer) {}

  const Batch& send(const Sent& sent) {
    batch_.start(static_cast<Slot>(sent.version - 1), sent.version, sent.round,
                 static_cast<std::uint32_t>(sent.to.size()));
    batch_.add(sent.from, 0, sent.at);
    batch_.seal();
    for (std::uint32_t slot = 0; slot < sent.to.size(); ++slot) batch_.to(slot)[0] = sent.to[slot];
    layer_.judge(batch_);
    layer_.holds().keep(batch_);
    return batch_;
  }

  /// What becomes of a single message.
  Message message(const Sent& sent) { return messages_in(send(sent)).front(); }

 private:
  Layer& layer_;
  Batch batch_;
};

/// Nodes 0..kNodes-1.
inline std::vector<NodeId> everyone() {
  std::vector<NodeId> all(kNodes);
  std::iota(all.begin(), all.end(), NodeId{0});
  return all;
}

/// One [[fault]] with these lines.
inline std::string a_fault(const std::string& kind, const std::string& lines,
                           const std::string& name = "it") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"" + kind + "\"\n" + lines + "\n";
}

}  // namespace hearsay::faults
