#pragma once

// What the baselines have in common: whom they send which version, how a node answers, when the measuring
// starts and ends.

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/contestant.hpp"

namespace hearsay::bench {

/// The most messages in flight at once.
inline constexpr unsigned kInFlight = 32;

/// A listening socket of one node, non-blocking, on 127.0.0.1.
struct Listener {
  int descriptor;
  std::uint16_t port;
};

/// Opens a listener on a free port; what it accepts inherits TCP_NODELAY. Throws std::system_error.
Listener open_listener();

/// Makes the client's socket send at once, and end by reset: nothing stays in TIME_WAIT after the process, so
/// that run after run does not use up the free ports. Throws std::system_error.
void prepare_client_socket(int descriptor);

/// The messages of one run, in order: first one to each node, then to random ones with nothing in flight.
class Traffic {
 public:
  Traffic(unsigned nodes, std::uint64_t messages, double ready_cpu_s);

  bool more() const { return started_ < warm_up_ + messages_; }
  bool finished() const { return ended_ == warm_up_ + messages_; }
  bool room() const { return started_ - ended_ < in_flight_ && more(); }

  /// The node of the next message; it is busy from now on.
  unsigned start();
  /// The number of the message started last, from 0.
  std::uint64_t last() const { return started_ - 1; }

  void connected() { connections_ += warm(); }
  void end(unsigned node);

  Sample sample() const;

 private:
  bool warm() const { return ended_ >= warm_up_; }

  std::uint64_t messages_;
  std::uint64_t warm_up_;
  std::uint64_t in_flight_;  ///< at most
  std::uint64_t started_ = 0;
  std::uint64_t ended_ = 0;
  std::uint64_t connections_ = 0;
  double ready_cpu_s_;
  double cpu_from_ = 0, cpu_to_ = 0, wall_from_ = 0, wall_to_ = 0;
  std::vector<bool> busy_;
  std::minstd_rand random_;
};

/// Writes the version of message `number`, four digits, and its ticket, twenty, over what is at `out`.
void write_version(std::uint64_t number, char* out);
void write_ticket(std::uint64_t number, char* out);
inline constexpr std::size_t kVersionSize = 4;
inline constexpr std::size_t kTicketSize = 20;

/// Writes a node's answer to `version` at `out`, which has kAnswerSize characters, and returns it: empty for
/// a new version (here one in ten), "Server 3 (port 8003) already saw 1234" for the others.
std::string_view write_answer(unsigned node, std::uint16_t port, std::string_view version, char* out);
inline constexpr std::size_t kAnswerSize = 64;

/// The value of a Date header; it stays the same for a second.
const std::string& http_date();

/// The messages that each run sends before it is measured, so that all connections are open.
std::uint64_t warm_up_messages(unsigned nodes);

/// CPU time of this process since its start, user and system, in seconds.
double cpu_seconds();

/// Time by a clock that only moves forward, in seconds since some moment.
double wall_seconds();

}  // namespace hearsay::bench
