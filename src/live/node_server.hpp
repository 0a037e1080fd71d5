#pragma once

// The HTTP side of one node: PUT /gossip, GET /versions, GET /healthz.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "live/http.hpp"
#include "live/listener.hpp"
#include "live/loop.hpp"

struct evhttp_request;

namespace hearsay::live {

/// What a node does with a version that was put to it.
enum class Reception {
  learned,
  known,
  full,     ///< no more versions are taken in
  retired,  ///< the message was given up by its sender before it came: nobody handled it
  unheard,  ///< its sender must not hear of it
};

/// What a server asks of those behind it. Calls come on the thread of the event loop.
class NodeHandler {
 public:
  virtual ~NodeHandler() = default;

  /// A request reached `node`. False: it does not attend to it now; once it does, `attend` is to be called,
  /// unless the server is stopped before, which ends the request.
  virtual bool attends(NodeId node, evhttp_request* request) = 0;

  /// A valid version was put to `node`. `ticket` is what the request has in the ticket's header, if anything:
  /// the transfer of ours that carried it, or what a foreign client made up.
  virtual Reception receive(NodeId node, Version version, std::string_view ticket) = 0;

  /// What is no version was put to `node`. Returns whether its sender may hear of it.
  virtual bool reject(NodeId node, std::string_view ticket) = 0;

  /// A request of any other kind, which only a foreign client makes.
  virtual void foreign_request() = 0;

  /// The versions that `node` holds, ascending.
  virtual std::vector<Version> versions(NodeId node) = 0;

  /// The value for Date headers: the current second.
  virtual const char* date() = 0;
};

/// Limits on what a node reads of one request, in bytes.
inline constexpr std::size_t kMostBody = 1024;

/// A version in decimal, white space around it allowed: 1..2^63-1. Nothing for any other text.
std::optional<Version> parse_version(std::string_view body);

class NodeServer {
 public:
  /// Serves node `id` on `port`, or on a free one for 0, from now on. `loop` and `handler` must outlive the
  /// server. Throws CannotRun as a Listener does.
  NodeServer(NodeId id, std::uint16_t port, Loop& loop, NodeHandler& handler);
  ~NodeServer();
  NodeServer(NodeServer&&) = delete;

  /// Cuts all connections and refuses new ones.
  void stop();

  /// Serves again, after `stop`.
  void start();

  /// Handles a request that had to wait.
  void attend(evhttp_request* request);

  std::uint16_t port() const { return listener_.port(); }

 private:
  static void handle(evhttp_request* request, void* self);
  void gossip(evhttp_request* request);
  static void leave_unheard(evhttp_request* request);
  void versions(evhttp_request* request);
  void reply(evhttp_request* request, int status, const char* reason, std::string_view text,
             const char* type = "text/plain");

  NodeId id_;
  Listener listener_;
  Loop& loop_;
  NodeHandler& handler_;
  Http http_;
};

}  // namespace hearsay::live
