#pragma once

// Plain TCP to 127.0.0.1, as a client with manners or without any would use it. All waits end in an exception
// after a time that only a hang takes.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hearsay::testing {

/// A descriptor that is closed when its owner dies.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  int get() const { return number_; }

 private:
  int number_;
};

struct Response {
  int status = 0;
  std::string head;  ///< status line and headers, each with its line end
  std::string body;
};

/// A connection to a port of 127.0.0.1.
class Connection {
 public:
  /// Throws std::system_error when it is refused.
  explicit Connection(std::uint16_t port);

  /// Sends all, or what the other side takes before it hangs up: a refusal may come before the end is read.
  void send(std::string_view bytes);

  /// Nothing more will be sent.
  void half_close();

  /// The next response, complete; `to_head`: of a HEAD request, which has no body. Throws when the other side
  /// hangs up first.
  Response receive(bool to_head = false);

  /// Reads until the other side ends or breaks the connection; returns what came.
  std::string read_to_end();

 private:
  bool read_more();

  Descriptor socket_;
  std::string unread_;
};

/// The response to one request on a connection of its own.
Response ask(std::uint16_t port, std::string_view request);

/// A request with `body`; `headers`, each with its line end.
std::string request(std::string_view method, std::string_view path, std::string_view body = "",
                    std::string_view headers = "");

/// PUT /gossip with `body`.
std::string put(std::string_view body, std::string_view headers = "");

/// Whether something listens on the port.
bool listens(std::uint16_t port);

/// A socket bound to the port, even beside connections that are closing (`sharing`). Throws std::system_error
/// when it is taken.
Descriptor occupy(std::uint16_t port, bool sharing = false);

/// The first of `count` ports in a row that nobody holds, outside of those that systems give to outgoing
/// connections.
std::uint16_t free_ports(std::uint16_t count);

}  // namespace hearsay::testing
