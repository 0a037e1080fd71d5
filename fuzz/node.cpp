// Whatever bytes come over a connection, in two pieces: a node answers in HTTP or hangs up, takes in nothing
// but versions, and serves the next one. The first byte of the input says where the pieces part.

#include <arpa/inet.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "live/loop.hpp"
#include "live/node_server.hpp"

namespace {

using namespace hearsay;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Gives every answer that a sender hears, by the version.
class Handler final : public live::NodeHandler {
 public:
  bool attends(NodeId, evhttp_request*) override { return true; }
  live::Reception receive(NodeId, Version version, std::string_view) override {
    require(version >= 1);
    return static_cast<live::Reception>(version % 4);
  }
  bool reject(NodeId, std::string_view) override { return true; }
  void foreign_request() override {}
  std::vector<Version> versions(NodeId) override { return {1, kMaxVersion}; }
  const char* date() override { return "Thu, 01 Jan 1970 00:00:00 GMT"; }
};

/// A node and its event loop.
class Node {
 public:
  /// Lets the node do all that it can do by now. A response is written one turn after its request was read.
  void run() {
    for (int turn = 0; turn < kTurns; ++turn) loop_.turn(0);
  }

  std::uint16_t port() const { return server_.port(); }

 private:
  static constexpr int kTurns = 64;

  live::Loop loop_;
  Handler handler_;
  live::NodeServer server_{0, 0, loop_, handler_};
};

/// A connection that goes without waiting for anything, so that no port stays in use after it.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const linger at_once = {1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    require(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(std::string_view bytes) {
    if (!bytes.empty())
      static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
  }

  std::string received() {
    char bytes[16384];
    const ssize_t count = recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
    return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0};
  }

 private:
  int socket_;
};

std::string exchange(Node& node, std::string_view first, std::string_view second) {
  Connection connection(node.port());
  connection.send(first);
  node.run();
  connection.send(second);
  node.run();
  return connection.received();
}

Node& running_node() {
  event_set_log_callback([](int, const char*) {});
  static Node node;
  return node;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Node& node = running_node();
  const std::string input(data, data + size);
  const std::string_view bytes = std::string_view(input).substr(size == 0 ? 0 : 1);
  const std::size_t cut = size == 0 ? 0 : std::min<std::size_t>(data[0], bytes.size());
  const std::string answer = exchange(node, bytes.substr(0, cut), bytes.substr(cut));
  require(answer.empty() || answer.starts_with("HTTP/"));
  require(exchange(node, "GET /healthz HTTP/1.1\r\n\r\n", "").starts_with("HTTP/1.1 200 OK"));
  node.run();
  return 0;
}
