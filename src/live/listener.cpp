#include "live/listener.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/errors.hpp"

namespace hearsay::live {
namespace {

constexpr int kBacklog = 1024;

[[noreturn]] void refuse_to_run(std::uint16_t port, const char* what) {
  if (errno == EADDRINUSE && port == 0) throw CannotRun("no free port is left on 127.0.0.1");
  if (errno == EADDRINUSE) throw CannotRun(fmt::format("port {} is already in use on 127.0.0.1", port));
  if (errno == EACCES) throw CannotRun(fmt::format("port {} needs privileges; use one from 1024 on", port));
  throw CannotRun(fmt::format("cannot {} on port {}: {}", what, port, std::strerror(errno)));
}

void set_option(int descriptor, int level, int option, int value = 1) {
  setsockopt(descriptor, level, option, &value, sizeof value);
}

// A socket bound to `port`; accepted connections inherit TCP_NODELAY from it.
int bound(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) refuse_to_run(port, "open a socket");
  set_option(descriptor, SOL_SOCKET, SO_REUSEADDR);
  set_option(descriptor, IPPROTO_TCP, TCP_NODELAY);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
  const int error = errno;
  close(descriptor);
  errno = error;
  refuse_to_run(port, "bind");
}

std::uint16_t port_of(int descriptor) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

// A port that the system chose is lost to any outgoing connection as soon as its socket stops listening; one
// that was asked for is kept. So a chosen port is asked for a second time, before the first socket lets go.
Listener::Listener(std::uint16_t port) : descriptor_(bound(port)), port_(port_of(descriptor_)) {
  if (port != 0) return;
  const int chosen = descriptor_;
  try {
    descriptor_ = bound(port_);
  } catch (...) {
    close(chosen);
    throw;
  }
  close(chosen);
}

Listener::~Listener() { close(descriptor_); }

// Sharing the address lets a socket listen beside connections of its port that are still closing, but lets
// others take the port while it does not listen.
void Listener::listen() {
  set_option(descriptor_, SOL_SOCKET, SO_REUSEADDR);
  if (::listen(descriptor_, kBacklog) != 0) refuse_to_run(port_, "listen");
}

void Listener::refuse() {
  set_option(descriptor_, SOL_SOCKET, SO_REUSEADDR, 0);
  shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace hearsay::live
