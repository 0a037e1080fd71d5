#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "measure/event.hpp"

namespace hearsay::core {

/// How far a run has come.
struct Progress {
  Tick now = 0;
  Tick end = 0;  ///< when it ends at the latest
  std::uint64_t published = 0;
  std::uint64_t committed = 0;
  std::uint64_t sent = 0;
  std::uint64_t in_flight = 0;
};

/// Is told what happens in a run, as it happens, on the thread of the run; and may end it.
class Observer {
 public:
  virtual ~Observer() = default;

  /// All nodes are ready; in worlds with ports, node i listens on ports[i].
  virtual void ready(const std::vector<std::uint16_t>& /*ports*/) {}

  virtual void published(Version) {}

  /// `holders` nodes hold the version now; this learning committed it, or not (yet, or it was already).
  virtual void learned(Version, NodeId /*holders*/, bool /*commits*/) {}

  /// Called several times a second.
  virtual void progress(const Progress&) {}

  /// Who wants to be told every event of the run; null: nobody. Asked once, before anything happens.
  virtual measure::EventSink* events() { return nullptr; }

  /// Asked several times a second: true ends the run now, as interrupted.
  virtual bool interrupted() { return false; }
};

}  // namespace hearsay::core
