#pragma once

#include <curl/curl.h>

#include <unordered_map>

#include "live/loop.hpp"

namespace hearsay::live {

/// A libcurl multi handle whose sockets and timers an event loop serves. One thread.
class Multi {
 public:
  /// `connections`: how many it keeps open between transfers. `loop` must outlive it.
  Multi(Loop& loop, long connections);
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  /// Starts a transfer; its first step is taken by the next `kick`. `easy` must be removed before it dies,
  /// and keep to this multi all its life.
  void add(CURL* easy);
  void remove(CURL* easy);

  /// Does what is due at once: the first steps of what was added, and what ran into a time limit.
  void kick();

  /// A transfer that is over, with its result; null: none.
  CURL* next_over(CURLcode& result);

 private:
  // A socket stays registered while its connection lives, idle or not: to register it anew for every transfer
  // costs two system calls.
  struct Watch {
    Event read;
    Event write;  // one shot: libcurl waits to write only while it connects, or sends a body in parts
    bool reading = false;
    bool wants_read = false;
    bool wants_write = false;
  };

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);
  static int on_open(void* self, curl_socket_t socket, curlsocktype purpose);
  static int on_close(void* self, curl_socket_t socket);
  static void on_readable(int socket, short what, void* self);
  static void on_writable(int socket, short what, void* self);
  static void on_timeout(int unused, short what, void* self);

  void watch(curl_socket_t socket, int what);
  void read(curl_socket_t socket);
  void write(curl_socket_t socket);
  Watch make_watch(curl_socket_t socket);

  Loop& loop_;
  CURLM* multi_;
  Event timer_;
  bool kick_due_ = false;
  std::unordered_map<curl_socket_t, Watch> watches_;
};

}  // namespace hearsay::live
