#pragma once

// The client end of the ceiling: several curl multi handles on one libevent loop. What is measured to matter:
// connections kept and few in one multi, sockets that stay watched between transfers, no signal handling,
// easy handles, headers and parsed URLs that are used again.

#include <curl/curl.h>
#include <event2/event.h>
#include <event2/event_struct.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/bench/exchange.hpp"
#include "tools/bench/handles.hpp"

namespace hearsay::bench {

/// Sends the messages of a Traffic to 127.0.0.1, node i through shard i % K.
class CurlClient {
 public:
  /// The node i listens on `ports[i]`.
  CurlClient(event_base* loop, const std::vector<std::uint16_t>& ports, Traffic& traffic);
  ~CurlClient();
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  /// Sends the first messages; the loop sends the others and is broken off after the last one.
  void start() { pump(shards_.front()); }

  /// Why it was broken off before; empty if not.
  const std::string& failure() const { return failure_; }

 private:
  struct Shard {
    CurlClient* client = nullptr;
    bool due = false;
    event timer{};
    Multi multi{};
  };
  /// A socket of curl's. It stays watched for reading between transfers.
  struct Watch {
    Shard* shard;
    event readable, writable;
    bool wanted;
  };
  struct Transfer {
    unsigned node = 0;
    std::array<char, kVersionSize> version{};
    std::string ticket = "Hearsay-Ticket: " + std::string(kTicketSize, '0');
    std::array<curl_slist, 3> headers{};
    Easy easy{};
  };

  void open(Shard& shard, std::size_t connections);
  void open(Transfer& transfer);
  void send_next();
  void pump(Shard& shard);
  void act(Shard& shard, curl_socket_t socket, int what);
  void collect(Shard& shard);
  void end(Transfer& transfer, CURLcode result);
  Watch& watch(curl_socket_t socket, Shard& shard);

  static int on_interest(CURL*, curl_socket_t socket, int what, void* shard, void*);
  static int on_timeout(CURLM*, long ms, void* shard);
  static int on_open(void* client, curl_socket_t socket, curlsocktype);
  static int on_close(void* client, curl_socket_t socket);
  static void on_ready(evutil_socket_t socket, short what, void* watch);
  static void on_timer(evutil_socket_t, short, void* shard);

  event_base* loop_;
  Traffic& traffic_;
  std::string failure_;
  std::vector<Url> urls_;
  std::vector<std::unique_ptr<Watch>> watches_;  ///< by descriptor
  std::vector<Shard*> due_;                      ///< have something to do at once
  std::vector<Transfer*> idle_;
  std::vector<Shard> shards_;
  std::vector<Transfer> transfers_;
};

}  // namespace hearsay::bench
