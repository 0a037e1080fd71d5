#pragma once

// What the HTTP servers of this room have in common: how they listen, and what they read of a request.

#include <cstddef>
#include <cstdint>
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

/// Limits on what is read of one request, in bytes. Beyond them libevent refuses it unread, with a page of
/// its own; so a server that has more to say reads twice what it takes.
struct HttpLimits {
  std::size_t body;
  std::size_t headers;
};

/// What is taken of the request line and headers of any request, in bytes.
inline constexpr std::size_t kMostHeaders = 8192;

/// Serves all connections to the socket `listening`, which is bound and listens, until the server is freed:
/// all requests go to `handle` with `self`. One that cannot be accepted for want of a descriptor is closed.
Http serve(Loop& loop, int listening, const HttpLimits& limits, void (*handle)(evhttp_request*, void*),
           void* self);

/// How many connections this thread closed so far, of all that it serves, for want of a descriptor.
std::uint64_t connections_turned_away();

/// Views of a request, good as long as it lives; empty: there is none. Of a request for no path, all that it
/// is for.
std::string_view path_of(evhttp_request* request);
std::string_view body_of(evhttp_request* request);
std::string_view header_of(evhttp_request* request, const char* name);

/// How long the request line and headers are, to be held to kMostHeaders.
std::size_t header_bytes(evhttp_request* request);

}  // namespace hearsay::live
