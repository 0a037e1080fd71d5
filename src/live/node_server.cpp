#include "live/node_server.hpp"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_struct.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <iterator>
#include <new>
#include <utility>

#include "live/client.hpp"

namespace hearsay::live {
namespace {

constexpr int kIdleSeconds = 300;
constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
constexpr std::uint16_t kAllMethods = 0x1FF;

std::size_t header_bytes(evhttp_request* request) {
  std::size_t bytes = std::strlen(evhttp_request_get_uri(request));
  for (const evkeyval* header = evhttp_request_get_input_headers(request)->tqh_first; header != nullptr;
       header = header->next.tqe_next)
    bytes += std::strlen(header->key) + std::strlen(header->value) + 4;
  return bytes;
}

std::string_view path_of(evhttp_request* request) {
  const char* path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
  return path == nullptr ? std::string_view() : path;
}

std::string_view body_of(evhttp_request* request) {
  evbuffer* input = evhttp_request_get_input_buffer(request);
  const std::size_t size = evbuffer_get_length(input);
  return {reinterpret_cast<const char*>(evbuffer_pullup(input, -1)), size};
}

std::string_view ticket_of(evhttp_request* request) {
  const char* ticket = evhttp_find_header(evhttp_request_get_input_headers(request), kTicketHeader);
  return ticket == nullptr ? std::string_view() : ticket;
}

/// Without a descriptor left, a connection can be neither accepted nor refused, and would be reported at once
/// again, for ever. This one is kept back, to accept such a connection and close it.
class Reserve {
 public:
  ~Reserve() { close(descriptor_); }

  void hold() {
    if (descriptor_ < 0) descriptor_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
  }

  void turn_away(int listener) {
    close(std::exchange(descriptor_, -1));
    close(accept(listener, nullptr, nullptr));
    hold();
  }

 private:
  int descriptor_ = -1;
};

thread_local Reserve reserve;

void on_accept_failed(evconnlistener* listener, void*) { reserve.turn_away(evconnlistener_get_fd(listener)); }

}  // namespace

std::optional<Version> parse_version(std::string_view body) {
  const std::size_t first = body.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return std::nullopt;
  const char* end = body.data() + body.find_last_not_of(kWhiteSpace) + 1;
  Version version = 0;
  const auto [stop, error] = std::from_chars(body.data() + first, end, version);
  if (error != std::errc() || stop != end || version < 1) return std::nullopt;
  return version;
}

NodeServer::NodeServer(NodeId id, std::uint16_t port, Loop& loop, NodeHandler& handler)
    : id_(id), listener_(port), loop_(loop), handler_(handler) {
  start();
}

NodeServer::~NodeServer() {
  if (http_ != nullptr) stop();
}

void NodeServer::start() {
  listener_.listen();
  http_ = evhttp_new(loop_.base());
  if (http_ == nullptr) throw std::bad_alloc();
  evhttp_set_allowed_methods(http_, kAllMethods);
  evhttp_set_max_body_size(http_, kMostBody);
  evhttp_set_max_headers_size(http_, 2 * kMostHeaders);
  evhttp_set_timeout(http_, kIdleSeconds);
  evhttp_set_default_content_type(http_, nullptr);
  evhttp_set_gencb(http_, &NodeServer::handle, this);
  evconnlistener* listener =
      evconnlistener_new(loop_.base(), nullptr, nullptr, LEV_OPT_CLOSE_ON_EXEC, 0, listener_.descriptor());
  if (listener == nullptr || evhttp_bind_listener(http_, listener) == nullptr) throw std::bad_alloc();
  evconnlistener_set_error_cb(listener, &on_accept_failed);
  reserve.hold();
}

void NodeServer::stop() {
  listener_.refuse();
  evhttp_free(http_);
  http_ = nullptr;
}

void NodeServer::handle(evhttp_request* request, void* self) {
  auto& server = *static_cast<NodeServer*>(self);
  server.loop_.guard([&] { server.handle(request); });
}

void NodeServer::handle(evhttp_request* request) {
  const std::string_view path = path_of(request);
  if (header_bytes(request) > kMostHeaders) {
    handler_.foreign_request();
    return reply(request, 431, "Request Header Fields Too Large",
                 fmt::format("headers over {} bytes are refused", kMostHeaders));
  }
  if (path == "/gossip") return gossip(request);
  handler_.foreign_request();
  if (path != "/versions" && path != "/healthz")
    return reply(request, 404, "Not Found", "this node serves /gossip, /versions and /healthz");
  if (evhttp_request_get_command(request) != EVHTTP_REQ_GET) {
    evhttp_add_header(evhttp_request_get_output_headers(request), "Allow", "GET");
    return reply(request, 405, "Method Not Allowed", "only GET is allowed here");
  }
  if (path == "/healthz") return reply(request, 200, "OK", "ok\n");
  versions(request);
}

void NodeServer::gossip(evhttp_request* request) {
  if (evhttp_request_get_command(request) != EVHTTP_REQ_PUT) {
    handler_.foreign_request();
    evhttp_add_header(evhttp_request_get_output_headers(request), "Allow", "PUT");
    return reply(request, 405, "Method Not Allowed", "only PUT is allowed here");
  }
  const auto version = parse_version(body_of(request));
  if (!version) {
    handler_.foreign_request();
    return reply(request, 400, "Bad Request",
                 "the body must be a version: a decimal number from 1 to 2^63-1");
  }
  switch (handler_.receive(id_, *version, ticket_of(request))) {
    case Reception::learned:
      return reply(request, 200, "OK", "");
    case Reception::known:
      return reply(request, 200, "OK",
                   fmt::format("Server {} (port {}) already saw {}", id_, listener_.port(), *version));
    case Reception::full:
      return reply(request, 507, "Insufficient Storage",
                   fmt::format("this cluster takes at most {} versions", kMaxVersions));
    case Reception::retired:
      return reply(request, 409, "Conflict", "this ticket names no message that is on its way");
  }
}

void NodeServer::versions(evhttp_request* request) {
  std::string text =
      fmt::format("{{\"node\":{},\"versions\":[{}]}}\n", id_, fmt::join(handler_.versions(id_), ","));
  reply(request, 200, "OK", text, "application/json");
}

void NodeServer::reply(evhttp_request* request, int status, const char* reason, std::string_view text,
                       const char* type) {
  evkeyvalq* headers = evhttp_request_get_output_headers(request);
  evhttp_add_header(headers, "Content-Type", type);
  evhttp_add_header(headers, "Content-Length", fmt::format_int(text.size()).c_str());
  evhttp_add_header(headers, "Date", handler_.date());
  if (evhttp_request_get_command(request) != EVHTTP_REQ_HEAD)
    evbuffer_add(evhttp_request_get_output_buffer(request), text.data(), text.size());
  bufferevent* stream = evhttp_connection_get_bufferevent(evhttp_request_get_connection(request));
  evhttp_send_reply(request, status, reason, nullptr);
  // Written in this turn of the loop, the socket need not be watched for it.
  event_active(&stream->ev_write, EV_WRITE, 0);
}

}  // namespace hearsay::live
