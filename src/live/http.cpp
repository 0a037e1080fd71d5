#include "live/http.hpp"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include "live/loop.hpp"

namespace hearsay::live {
namespace {

constexpr int kIdleSeconds = 300;
constexpr std::uint16_t kAllMethods = 0x1FF;

/// Without a descriptor left, a connection can be neither accepted nor refused, and would be reported at once
/// again, for ever. This one is kept back, to accept such a connection and close it.
class Reserve {
 public:
  std::uint64_t turned_away() const { return turned_away_; }

  ~Reserve() { close(descriptor_); }

  void hold() {
    if (descriptor_ < 0) descriptor_ = open("/dev/null", O_RDONLY | O_CLOEXEC);
  }

  void turn_away(int listener) {
    ++turned_away_;
    close(std::exchange(descriptor_, -1));
    close(accept(listener, nullptr, nullptr));
    hold();
  }

 private:
  int descriptor_ = -1;
  std::uint64_t turned_away_ = 0;
};

thread_local Reserve reserve;

void on_accept_failed(evconnlistener* listener, void*) { reserve.turn_away(evconnlistener_get_fd(listener)); }

}  // namespace

void FreeHttp::operator()(evhttp* freed) const { evhttp_free(freed); }

Http serve(Loop& loop, int listening, const HttpLimits& limits, void (*handle)(evhttp_request*, void*),
           void* self) {
  Http http(evhttp_new(loop.base()));
  if (http == nullptr) throw std::bad_alloc();
  evhttp_set_allowed_methods(http.get(), kAllMethods);
  evhttp_set_max_body_size(http.get(), static_cast<ev_ssize_t>(limits.body));
  evhttp_set_max_headers_size(http.get(), static_cast<ev_ssize_t>(limits.headers));
  evhttp_set_timeout(http.get(), kIdleSeconds);
  evhttp_set_default_content_type(http.get(), nullptr);
  evhttp_set_gencb(http.get(), handle, self);
  evconnlistener* listener =
      evconnlistener_new(loop.base(), nullptr, nullptr, LEV_OPT_CLOSE_ON_EXEC, 0, listening);
  if (listener == nullptr || evhttp_bind_listener(http.get(), listener) == nullptr) throw std::bad_alloc();
  evconnlistener_set_error_cb(listener, &on_accept_failed);
  reserve.hold();
  return http;
}

std::uint64_t connections_turned_away() { return reserve.turned_away(); }

// libevent takes what follows two slashes for a host.
std::string_view path_of(evhttp_request* request) {
  const std::string_view target = evhttp_request_get_uri(request);
  const char* path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
  return target.starts_with("//") || path == nullptr || *path == '\0' ? target : path;
}

std::string_view body_of(evhttp_request* request) {
  evbuffer* input = evhttp_request_get_input_buffer(request);
  const std::size_t size = evbuffer_get_length(input);
  return {reinterpret_cast<const char*>(evbuffer_pullup(input, -1)), size};
}

std::string_view header_of(evhttp_request* request, const char* name) {
  const char* value = evhttp_find_header(evhttp_request_get_input_headers(request), name);
  return value == nullptr ? std::string_view() : value;
}

std::size_t header_bytes(evhttp_request* request) {
  std::size_t bytes = std::strlen(evhttp_request_get_uri(request));
  for (const evkeyval* header = evhttp_request_get_input_headers(request)->tqh_first; header != nullptr;
       header = header->next.tqe_next)
    bytes += std::strlen(header->key) + std::strlen(header->value) + 4;
  return bytes;
}

}  // namespace hearsay::live
