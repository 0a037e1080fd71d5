#include "tools/bench/exchange.hpp"

#include <arpa/inet.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace hearsay::bench {
namespace {

constexpr int kBacklog = 1024;

void require(bool good, const char* what) {
  if (!good) throw std::system_error(errno, std::generic_category(), what);
}

void set_no_delay(int descriptor) {
  const int on = 1;
  require(setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY");
}

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void write_digits(std::uint64_t value, char* out, std::size_t size) {
  for (char* digit = out + size; digit != out; value /= 10) *--digit = static_cast<char>('0' + value % 10);
}

}  // namespace

Listener open_listener() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  require(descriptor >= 0, "socket");
  set_no_delay(descriptor);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  require(bind(descriptor, generic, size) == 0, "bind");
  require(listen(descriptor, kBacklog) == 0, "listen");
  require(getsockname(descriptor, generic, &size) == 0, "getsockname");
  return {descriptor, ntohs(address.sin_port)};
}

void prepare_client_socket(int descriptor) {
  set_no_delay(descriptor);
  const linger reset{1, 0};
  require(setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) == 0, "SO_LINGER");
}

Traffic::Traffic(unsigned nodes, std::uint64_t messages, double ready_cpu_s)
    : messages_(messages),
      warm_up_(warm_up_messages(nodes)),
      in_flight_(std::min(kInFlight, nodes)),
      ready_cpu_s_(ready_cpu_s),
      busy_(nodes) {}

unsigned Traffic::start() {
  const auto nodes = static_cast<unsigned>(busy_.size());
  auto node = static_cast<unsigned>(started_ < nodes ? started_ : random_() % nodes);
  while (busy_[node]) node = static_cast<unsigned>(random_() % nodes);
  busy_[node] = true;
  ++started_;
  return node;
}

void Traffic::end(unsigned node) {
  busy_[node] = false;
  ++ended_;
  if (ended_ == warm_up_) {
    cpu_from_ = cpu_seconds();
    wall_from_ = wall_seconds();
  }
  if (finished()) {
    cpu_to_ = cpu_seconds();
    wall_to_ = wall_seconds();
  }
}

Sample Traffic::sample() const {
  return {messages_, wall_to_ - wall_from_, cpu_to_ - cpu_from_, connections_, ready_cpu_s_};
}

void write_version(std::uint64_t number, char* out) {
  write_digits(1'000 + number % 9'000, out, kVersionSize);
}

void write_ticket(std::uint64_t number, char* out) { write_digits(number, out, kTicketSize); }

std::string_view write_answer(unsigned node, std::uint16_t port, std::string_view version, char* out) {
  if (version.ends_with('0')) return {};
  const char* end =
      fmt::format_to_n(out, kAnswerSize, "Server {} (port {}) already saw {}", node, port, version).out;
  return {out, end};
}

const std::string& http_date() {
  static time_t written = 0;
  static std::string text;
  if (const time_t now = time(nullptr); now != written) {
    written = now;
    text = fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(now));
  }
  return text;
}

std::uint64_t warm_up_messages(unsigned nodes) {
  return std::max<std::uint64_t>(5'000, 10 * std::uint64_t{nodes});
}

double cpu_seconds() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }

double wall_seconds() { return seconds(CLOCK_MONOTONIC); }

}  // namespace hearsay::bench
