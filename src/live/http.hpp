#pragma once

// What the HTTP servers of this room have in common: how they listen, and what they read of a request.

#include <cstddef>
#include <memory>
#include <string_view>

struct evhttp;
struct evhttp_request;

namespace hearsay::live {

class Loop;

struct FreeHttp {
  void operator()(evhttp* freed) const;
};
using Http = std::unique_ptr<evhttp, FreeHttp>;

/// Limits on what is read of one request, in bytes; beyond them it is refused unread.
struct HttpLimits {
  std::size_t body;
  std::size_t headers;
};

/// What is read of the headers of any request, in bytes.
inline constexpr std::size_t kMostHeaders = 8192;

/// Serves all connections to the socket `listening`, which is bound and listens, until the server is freed:
/// all requests go to `handle` with `self`. One that cannot be accepted for want of a descriptor is closed.
Http serve(Loop& loop, int listening, const HttpLimits& limits, void (*handle)(evhttp_request*, void*),
           void* self);

/// Views of a request, good as long as it lives; empty: there is none.
std::string_view path_of(evhttp_request* request);
std::string_view body_of(evhttp_request* request);
std::string_view header_of(evhttp_request* request, const char* name);

}  // namespace hearsay::live
