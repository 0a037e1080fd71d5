#pragma once

#include <cstdint>
#include <string>

namespace hearsay::live {

/// A TCP socket bound to one port of 127.0.0.1 for as long as it lives, whether it listens or refuses. While
/// it lives nobody else gets the port. Owned by one thread.
class Listener {
 public:
  /// Binds `port`, or a free one for 0; does not listen yet. Throws CannotRun when the port is taken or no
  /// descriptor is left.
  explicit Listener(std::uint16_t port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Accepts connections from now on. Throws CannotRun when the port is taken after all.
  void listen();

  /// Refuses connections from now on, and keeps the port.
  void refuse();

  int descriptor() const { return descriptor_; }
  std::uint16_t port() const { return port_; }

 private:
  int descriptor_;
  std::uint16_t port_;
};

}  // namespace hearsay::live
