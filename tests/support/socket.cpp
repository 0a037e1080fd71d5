#include "tests/support/socket.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>
#include <vector>

namespace hearsay::testing {
namespace {

constexpr timeval kHang = {30, 0};
constexpr std::uint16_t kFirstPort = 10'000;
constexpr std::uint16_t kPorts = 20'000;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

Descriptor tcp_socket() {
  Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (made.get() < 0) fail("socket");
  setsockopt(made.get(), SOL_SOCKET, SO_RCVTIMEO, &kHang, sizeof kHang);
  setsockopt(made.get(), SOL_SOCKET, SO_SNDTIMEO, &kHang, sizeof kHang);
  return made;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

std::size_t content_length(const std::string& head) {
  constexpr std::string_view kName = "Content-Length: ";
  const std::size_t at = head.find(kName);
  std::size_t length = 0;
  if (at != std::string::npos)
    std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
  return length;
}

bool all_free(std::uint16_t first, std::uint16_t count) {
  try {
    std::vector<Descriptor> held;
    for (std::uint16_t i = 0; i < count; ++i) held.push_back(occupy(static_cast<std::uint16_t>(first + i)));
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Connection::Connection(std::uint16_t port) : socket_(tcp_socket()) {
  const sockaddr_in address = loopback(port);
  if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("connect");
}

void Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return;
    if (sent < 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Connection::half_close() { shutdown(socket_.get(), SHUT_WR); }

bool Connection::read_more() {
  char bytes[65536];
  const ssize_t count = recv(socket_.get(), bytes, sizeof bytes, 0);
  if (count < 0 && errno != ECONNRESET) fail("receive");
  if (count > 0) unread_.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

Response Connection::receive(bool to_head) {
  const auto need = [this](bool there) {
    if (!there && !read_more()) throw std::runtime_error("the connection ended before the response did");
    return !there;
  };
  while (need(unread_.find("\r\n\r\n") != std::string::npos)) continue;
  Response response;
  response.head = unread_.substr(0, unread_.find("\r\n\r\n") + 2);
  unread_.erase(0, response.head.size() + 2);
  const std::size_t code = response.head.find(' ') + 1;
  std::from_chars(response.head.data() + code, response.head.data() + response.head.size(), response.status);
  const std::size_t length = to_head ? 0 : content_length(response.head);
  while (need(unread_.size() >= length)) continue;
  response.body = unread_.substr(0, length);
  unread_.erase(0, length);
  return response;
}

std::string Connection::read_to_end() {
  while (read_more()) continue;
  return std::exchange(unread_, {});
}

Response ask(std::uint16_t port, std::string_view request) {
  Connection connection(port);
  connection.send(request);
  return connection.receive();
}

std::string request(std::string_view method, std::string_view path, std::string_view body,
                    std::string_view headers) {
  return fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}Content-Length: {}\r\n\r\n{}", method, path,
                     headers, body.size(), body);
}

std::string put(std::string_view body, std::string_view headers) {
  return request("PUT", "/gossip", body, headers);
}

bool listens(std::uint16_t port) {
  try {
    Connection connection(port);
    return true;
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::connection_refused) throw;
    return false;
  }
}

Descriptor occupy(std::uint16_t port, bool sharing) {
  Descriptor made = tcp_socket();
  const int on = sharing;
  setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in address = loopback(port);
  if (bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind");
  return made;
}

std::uint16_t free_ports(std::uint16_t count) {
  const auto processes_apart = static_cast<std::uint16_t>(getpid() * 64 % kPorts);
  for (std::uint16_t tried = 0; tried < kPorts; tried = static_cast<std::uint16_t>(tried + count)) {
    const auto first = static_cast<std::uint16_t>(kFirstPort + (processes_apart + tried) % kPorts);
    if (all_free(first, count)) return first;
  }
  throw std::runtime_error("there are no free ports");
}

}  // namespace hearsay::testing
