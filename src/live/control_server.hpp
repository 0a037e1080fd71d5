#pragma once

// The HTTP side of a cluster's control interface.

#include <cstdint>

#include "control/api.hpp"
#include "live/http.hpp"
#include "live/listener.hpp"

namespace hearsay::live {

class Loop;

class ControlServer {
 public:
  /// Serves `api` on `port` of 127.0.0.1, or on a free one for 0, from now on. `loop` and `api` must outlive
  /// the server. Throws CannotRun as a Listener does.
  ControlServer(std::uint16_t port, Loop& loop, control::Api& api);

  std::uint16_t port() const { return listener_.port(); }

 private:
  static void handle(evhttp_request* request, void* self);
  void handle(evhttp_request* request);

  Listener listener_;
  Loop& loop_;
  control::Api& api_;
  Http http_;
};

}  // namespace hearsay::live
