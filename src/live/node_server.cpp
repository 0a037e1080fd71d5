#include "live/node_server.hpp"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_struct.h>
#include <event2/event.h>
#include <event2/http.h>
#include <fmt/format.h>

#include <charconv>

#include "live/client.hpp"

namespace hearsay::live {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";

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
  http_ = serve(loop_, listener_.descriptor(), {.body = kMostBody, .headers = 2 * kMostHeaders},
                &NodeServer::handle, this);
}

void NodeServer::stop() {
  listener_.refuse();
  http_.reset();
}

void NodeServer::handle(evhttp_request* request, void* self) {
  auto& server = *static_cast<NodeServer*>(self);
  server.loop_.guard([&] {
    if (server.handler_.attends(server.id_, request)) server.attend(request);
  });
}

void NodeServer::attend(evhttp_request* request) {
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
    if (!handler_.reject(id_, header_of(request, kTicketHeader))) return leave_unheard(request);
    return reply(request, 400, "Bad Request",
                 "the body must be a version: a decimal number from 1 to 2^63-1");
  }
  switch (handler_.receive(id_, *version, header_of(request, kTicketHeader))) {
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
    case Reception::unheard:
      return leave_unheard(request);
  }
}

// Cuts the connection: evhttp does not touch it any more after its request was handled.
void NodeServer::leave_unheard(evhttp_request* request) {
  evhttp_connection_free(evhttp_request_get_connection(request));
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
