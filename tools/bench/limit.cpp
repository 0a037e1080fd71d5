// The limit: as few instructions and system calls as HTTP over TCP allows. Two a message at each end, and one
// epoll_wait for many.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/bench/exchange.hpp"

namespace hearsay::bench {
namespace {

/// One socket: a listener, a node's end of a connection or the client's.
struct Socket {
  enum class Kind { listener, server, client } kind;
  int descriptor;
  unsigned node;
  std::uint16_t port;
  std::string received;
};

/// The length of the HTTP message that `text` starts with, or 0 when it is not complete; `body` is its body.
std::size_t parse(std::string_view text, std::string_view& body) {
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t head = text.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  const std::size_t length = text.substr(0, head).find(kLength);
  if (length == std::string_view::npos) throw std::runtime_error("an HTTP message without a length");
  std::size_t size = 0;
  std::from_chars(text.data() + length + kLength.size(), text.data() + head, size);
  const std::size_t all = head + 4 + size;
  if (text.size() < all) return 0;
  body = text.substr(head + 4, size);
  return all;
}

void send_all(int descriptor, std::string_view text) {
  const ssize_t sent = send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(text.size()))
    throw std::system_error(errno, std::generic_category(), "send");
}

class Limit {
 public:
  Limit(unsigned nodes, std::uint64_t messages);
  Sample run();

 private:
  void watch(Socket::Kind kind, int descriptor, unsigned node, std::uint16_t port);
  void handle(Socket& socket);
  void accept_one(const Socket& listener);
  void answer(const Socket& socket, std::string_view request, std::string_view version);
  void finish(const Socket& socket, std::string_view answer);
  int connect_to(unsigned node);
  void send_next();

  int epoll_ = epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Socket>> sockets_;
  std::vector<std::uint16_t> ports_;
  std::vector<int> connections_;
  Traffic traffic_;
  std::array<char, 4096> buffer_;
};

Limit::Limit(unsigned nodes, std::uint64_t messages)
    : connections_(nodes, -1), traffic_(nodes, messages, cpu_seconds()) {
  for (unsigned node = 0; node < nodes; ++node) {
    const Listener listener = open_listener();
    ports_.push_back(listener.port);
    watch(Socket::Kind::listener, listener.descriptor, node, listener.port);
  }
}

Sample Limit::run() {
  std::array<epoll_event, std::size_t{2} * kInFlight> events;
  while (!traffic_.finished()) {
    while (traffic_.room()) send_next();
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i)
      handle(*static_cast<Socket*>(events[static_cast<std::size_t>(i)].data.ptr));
  }
  return traffic_.sample();
}

void Limit::watch(Socket::Kind kind, int descriptor, unsigned node, std::uint16_t port) {
  sockets_.push_back(std::make_unique<Socket>(Socket{kind, descriptor, node, port, {}}));
  epoll_event interest{};
  interest.events = EPOLLIN;
  interest.data.ptr = sockets_.back().get();
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &interest) != 0)
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

void Limit::handle(Socket& socket) {
  if (socket.kind == Socket::Kind::listener) return accept_one(socket);
  const ssize_t size = recv(socket.descriptor, buffer_.data(), buffer_.size(), 0);
  if (size <= 0) throw std::runtime_error("a connection broke");
  const std::string_view piece(buffer_.data(), static_cast<std::size_t>(size));
  if (!socket.received.empty()) socket.received += piece;
  const std::string_view text = socket.received.empty() ? piece : std::string_view(socket.received);
  std::string_view body;
  if (parse(text, body) == 0) {
    if (socket.received.empty()) socket.received = piece;
    return;
  }
  if (socket.kind == Socket::Kind::server) {
    answer(socket, text, body);
  } else {
    finish(socket, text);
  }
  socket.received.clear();
}

void Limit::accept_one(const Socket& listener) {
  const int descriptor = accept4(listener.descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor >= 0) watch(Socket::Kind::server, descriptor, listener.node, listener.port);
}

void Limit::answer(const Socket& socket, std::string_view request, std::string_view version) {
  if (!request.starts_with("PUT /gossip HTTP/1.1\r\n")) throw std::runtime_error("not a gossip request");
  char body[kAnswerSize];
  const std::string_view text = write_answer(socket.node, socket.port, version, body);
  char out[512];
  const char* end = fmt::format_to(out,
                                   "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: {}\r\n"
                                   "Content-Length: {}\r\n\r\n{}",
                                   http_date(), text.size(), text);
  send_all(socket.descriptor, {out, end});
}

void Limit::finish(const Socket& socket, std::string_view answer) {
  if (!answer.starts_with("HTTP/1.1 200 ")) throw std::runtime_error("not a good answer");
  traffic_.end(socket.node);
}

int Limit::connect_to(unsigned node) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "socket");
  prepare_client_socket(descriptor);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(ports_[node]);
  if (connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
  watch(Socket::Kind::client, descriptor, node, ports_[node]);
  traffic_.connected();
  return descriptor;
}

void Limit::send_next() {
  const unsigned node = traffic_.start();
  if (connections_[node] < 0) connections_[node] = connect_to(node);
  char version[kVersionSize], ticket[kTicketSize], out[512];
  write_version(traffic_.last(), version);
  write_ticket(traffic_.last(), ticket);
  const char* end =
      fmt::format_to(out,
                     "PUT /gossip HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: text/plain\r\n"
                     "Hearsay-Ticket: {}\r\nContent-Length: {}\r\n\r\n{}",
                     ports_[node], std::string_view(ticket, kTicketSize), kVersionSize,
                     std::string_view(version, kVersionSize));
  send_all(connections_[node], {out, end});
}

}  // namespace

Sample run_limit(unsigned nodes, std::uint64_t messages) { return Limit(nodes, messages).run(); }

}  // namespace hearsay::bench
