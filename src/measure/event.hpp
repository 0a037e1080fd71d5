#pragma once

// What happens in a run, event by event: what `--trace` writes, in every world alike.

#include <cstdint>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::measure {

struct Event {
  /// In the order in which an instant's events are listed.
  enum class Kind : std::uint8_t {
    up,       ///< node `to` came up, in its life `life`
    down,     ///< node `to` went down
    deliver,  ///< a message of the version was taken in by `to`
    fail,     ///< a message of the version to `to` came to nothing: the wire broke it, or `to` was down
    learn,    ///< node `to`, in its life `life`, learned the version
    commit,   ///< the version was committed
    send,     ///< message `index` of the burst that `from` made in `round`, of its life `life`, left for `to`
    publish,  ///< the version entered: by the initiator, or a foreign client
  };

  Tick at = 0;
  Kind kind = Kind::send;
  Version version = 0;  ///< 0 where there is none: up, down
  NodeId from = 0;      ///< of a send; kInitiator: the initiator
  Life life = 0;
  Round round = 0;             ///< of a send
  std::uint32_t index = 0;     ///< of a send
  NodeId to = 0;               ///< of all but commit and publish
  Fate fate = kGoesOn;         ///< of a send: which fault took it, if any
  std::uint32_t duration = 0;  ///< of a send that goes on: microseconds from send, or release, to arrival
  std::uint32_t copy = 0;      ///< of a send: which copy that a fault made; 0: none
  Marks marks = 0;  ///< of a send: what faults did to it; of a deliver: kGarbled if it was rejected

  friend auto operator<=>(const Event&, const Event&) = default;
};

/// Is told all events of a run, on its thread.
class EventSink {
 public:
  virtual ~EventSink() = default;

  virtual void happened(const Event& event) = 0;

  /// No event before `now` is to come any more.
  virtual void reached(Tick now) = 0;
};

}  // namespace hearsay::measure
