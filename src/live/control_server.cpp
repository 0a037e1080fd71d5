#include "live/control_server.hpp"

#include <event2/buffer.h>
#include <event2/http.h>
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "control/replies.hpp"
#include "live/loop.hpp"

namespace hearsay::live {
namespace {

const char* method_of(evhttp_request* request) {
  switch (evhttp_request_get_command(request)) {
    case EVHTTP_REQ_GET:
      return "GET";
    case EVHTTP_REQ_POST:
      return "POST";
    case EVHTTP_REQ_HEAD:
      return "HEAD";
    case EVHTTP_REQ_PUT:
      return "PUT";
    case EVHTTP_REQ_DELETE:
      return "DELETE";
    case EVHTTP_REQ_OPTIONS:
      return "OPTIONS";
    case EVHTTP_REQ_TRACE:
      return "TRACE";
    case EVHTTP_REQ_CONNECT:
      return "CONNECT";
    case EVHTTP_REQ_PATCH:
      return "PATCH";
    default:
      return "this method";
  }
}

std::string decoded(std::string_view path) {
  std::size_t size = 0;  // NUL may be in it
  const std::unique_ptr<char, decltype(&std::free)> text(
      evhttp_uridecode(std::string(path).c_str(), 0, &size), &std::free);
  return text == nullptr ? std::string() : std::string(text.get(), size);
}

control::Request read(evhttp_request* request) {
  return {.method = method_of(request),
          .path = decoded(path_of(request)),
          .host = std::string(header_of(request, "Host")),
          .origin = std::string(header_of(request, "Origin")),
          .authorization = std::string(header_of(request, "Authorization")),
          .body = std::string(body_of(request))};
}

/// What libevent has no words for; null: it has.
const char* phrase_of(int status) {
  if (status == 431) return "Request Header Fields Too Large";
  return status == 507 ? "Insufficient Storage" : nullptr;
}

void reply(evhttp_request* request, const control::Response& response) {
  evkeyvalq* headers = evhttp_request_get_output_headers(request);
  evhttp_add_header(headers, "Content-Type", "application/json");
  evhttp_add_header(headers, "Cache-Control", "no-store");
  if (!response.allow.empty()) evhttp_add_header(headers, "Allow", response.allow.c_str());
  if (response.status == 401) evhttp_add_header(headers, "WWW-Authenticate", "Bearer");
  evhttp_add_header(headers, "Content-Length", fmt::format_int(response.body.size()).c_str());
  if (evhttp_request_get_command(request) != EVHTTP_REQ_HEAD)
    evbuffer_add(evhttp_request_get_output_buffer(request), response.body.data(), response.body.size());
  evhttp_send_reply(request, response.status, phrase_of(response.status), nullptr);
}

}  // namespace

ControlServer::ControlServer(std::uint16_t port, Loop& loop, control::Api& api)
    : listener_(port), loop_(loop), api_(api) {
  listener_.listen();
  http_ = serve(loop_, listener_.descriptor(), {.body = 2 * control::kMostBody, .headers = 2 * kMostHeaders},
                &ControlServer::handle, this);
}

void ControlServer::handle(evhttp_request* request, void* self) {
  auto& server = *static_cast<ControlServer*>(self);
  server.loop_.guard([&] { server.handle(request); });
}

void ControlServer::handle(evhttp_request* request) {
  if (header_bytes(request) > kMostHeaders)
    return reply(request, control::error(431, "the request line and headers are too long", "headers",
                                         fmt::format("at most {} bytes", kMostHeaders)));
  reply(request, api_.answer(read(request)));
}

}  // namespace hearsay::live
