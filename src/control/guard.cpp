#include "control/guard.hpp"

#include <fmt/format.h>

#include <random>
#include <string_view>

#include "control/replies.hpp"

namespace hearsay::control {
namespace {

constexpr std::string_view kBearer = "Bearer ";

/// "127.0.0.1:8080" → "127.0.0.1", "[::1]:8080" → "[::1]".
std::string_view without_port(std::string_view host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  return has_port ? host.substr(0, colon) : host;
}

/// Digits and dots, beginning with 127.
bool is_loopback(std::string_view name) {
  return name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// A foreign name may lead here all the same, from a page that a victim's browser shows.
bool is_local(std::string_view host) {
  const std::string_view name = without_port(host);
  return name == "localhost" || name == "[::1]" || is_loopback(name);
}

}  // namespace

std::optional<Response> Guard::refusal(const Request& request) const {
  if (!is_local(request.host))
    return error(403, "this host is not served here", "Host: " + request.host,
                 "127.0.0.1, localhost or [::1], with any port");
  if (!request.origin.empty() && request.origin != "http://" + request.host)
    return error(403, "requests of other origins are refused", "Origin: " + request.origin,
                 "http://" + request.host + ", or no Origin at all");
  if (request.method == "GET" || request.method == "HEAD" || knows_token(request.authorization))
    return std::nullopt;
  return error(401, "changes need the token that was given or printed at the start", "Authorization",
               "Authorization: Bearer TOKEN");
}

// It takes as long for a wrong token as for a right one.
bool Guard::knows_token(const std::string& authorization) const {
  const std::string expected = std::string(kBearer) + token_;
  if (authorization.size() != expected.size()) return false;
  unsigned differences = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    differences |= static_cast<unsigned char>(authorization[i]) ^ static_cast<unsigned char>(expected[i]);
  return differences == 0;
}

std::string make_token() {
  std::random_device random;
  std::string token;
  for (int word = 0; word < 4; ++word) token += fmt::format("{:08x}", random());
  return token;
}

}  // namespace hearsay::control
