#include "tools/bench/curl_client.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

namespace hearsay::bench {
namespace {

/// Curl keeps a multi's connections in a hash of 97 places.
constexpr std::size_t kNodesPerShard = 64;

constexpr long kGood = 200;

template <typename Value>
void set(const Easy& easy, CURLoption option, Value value) {
  if (const CURLcode code = (curl_easy_setopt)(easy.get(), option, value); code != CURLE_OK)
    throw std::runtime_error(curl_easy_strerror(code));
}

template <typename Value>
void set(const Multi& multi, CURLMoption option, Value value) {
  if (const CURLMcode code = (curl_multi_setopt)(multi.get(), option, value); code != CURLM_OK)
    throw std::runtime_error(curl_multi_strerror(code));
}

}  // namespace

CurlClient::CurlClient(event_base* loop, const std::vector<std::uint16_t>& ports, Traffic& traffic)
    : loop_(loop), traffic_(traffic), shards_(1 + ports.size() / kNodesPerShard), transfers_(kInFlight) {
  for (const std::uint16_t port : ports) {
    const Url& url = urls_.emplace_back(curl_url());
    curl_url_set(url.get(), CURLUPART_URL, fmt::format("http://127.0.0.1:{}/gossip", port).c_str(), 0);
  }
  for (Shard& shard : shards_) open(shard, urls_.size() + kInFlight);
  for (Transfer& transfer : transfers_) open(transfer);
}

CurlClient::~CurlClient() {
  for (Shard& shard : shards_) shard.multi.reset();
}

void CurlClient::open(Shard& shard, std::size_t connections) {
  shard.client = this;
  shard.multi.reset(curl_multi_init());
  evtimer_assign(&shard.timer, loop_, on_timer, &shard);
  set(shard.multi, CURLMOPT_SOCKETFUNCTION, on_interest);
  set(shard.multi, CURLMOPT_SOCKETDATA, &shard);
  set(shard.multi, CURLMOPT_TIMERFUNCTION, on_timeout);
  set(shard.multi, CURLMOPT_TIMERDATA, &shard);
  set(shard.multi, CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
}

void CurlClient::open(Transfer& transfer) {
  // The ticket is overwritten in place; an empty Accept is left out of the request.
  static char type[] = "Content-Type: text/plain", accept[] = "Accept:";
  auto& headers = transfer.headers;
  headers = {{{type, &headers[1]}, {transfer.ticket.data(), &headers[2]}, {accept, nullptr}}};
  transfer.easy.reset(curl_easy_init());
  const Easy& easy = transfer.easy;
  set(easy, CURLOPT_CUSTOMREQUEST, "PUT");
  set(easy, CURLOPT_POSTFIELDS, transfer.version.data());
  set(easy, CURLOPT_POSTFIELDSIZE, long{kVersionSize});
  set(easy, CURLOPT_HTTPHEADER, headers.data());
  set(
      easy, CURLOPT_WRITEFUNCTION,
      +[](char*, std::size_t size, std::size_t count, void*) { return size * count; });
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_SOCKOPTFUNCTION, on_open);
  set(easy, CURLOPT_SOCKOPTDATA, this);
  set(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
  set(easy, CURLOPT_CLOSESOCKETDATA, this);
  set(easy, CURLOPT_PRIVATE, &transfer);
  idle_.push_back(&transfer);
}

void CurlClient::send_next() {
  Transfer& transfer = *idle_.back();
  idle_.pop_back();
  transfer.node = traffic_.start();
  write_version(traffic_.last(), transfer.version.data());
  write_ticket(traffic_.last(), transfer.ticket.data() + transfer.ticket.size() - kTicketSize);
  set(transfer.easy, CURLOPT_CURLU, urls_[transfer.node].get());
  curl_multi_add_handle(shards_[transfer.node % shards_.size()].multi.get(), transfer.easy.get());
}

/// Takes what ended on `shard`, sends what may be sent, and does what is due, until all waits for a socket.
void CurlClient::pump(Shard& shard) {
  collect(shard);
  for (;;) {
    while (failure_.empty() && traffic_.room()) send_next();
    if (due_.empty()) break;
    Shard& next = *due_.back();
    due_.pop_back();
    next.due = false;
    act(next, CURL_SOCKET_TIMEOUT, 0);
    collect(next);
  }
  if (traffic_.finished() || !failure_.empty()) event_base_loopbreak(loop_);
}

void CurlClient::act(Shard& shard, curl_socket_t socket, int what) {
  int running = 0;
  curl_multi_socket_action(shard.multi.get(), socket, what, &running);
}

void CurlClient::collect(Shard& shard) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(shard.multi.get(), &left)) {
    const CURLcode result = message->data.result;
    CURL* easy = message->easy_handle;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    curl_multi_remove_handle(shard.multi.get(), easy);
    end(*transfer, result);
  }
}

void CurlClient::end(Transfer& transfer, CURLcode result) {
  long status = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  if (result != CURLE_OK || status != kGood)
    failure_ = fmt::format("{}, status {}", curl_easy_strerror(result), status);
  idle_.push_back(&transfer);
  traffic_.end(transfer.node);
}

CurlClient::Watch& CurlClient::watch(curl_socket_t socket, Shard& shard) {
  const auto place = static_cast<std::size_t>(socket);
  if (place >= watches_.size()) watches_.resize(place + 1);
  if (!watches_[place]) {
    watches_[place] = std::make_unique<Watch>();
    Watch& fresh = *watches_[place];
    fresh.shard = &shard;
    event_assign(&fresh.readable, loop_, socket, EV_READ | EV_PERSIST, on_ready, &fresh);
    event_assign(&fresh.writable, loop_, socket, EV_WRITE, on_ready, &fresh);
  }
  return *watches_[place];
}

int CurlClient::on_interest(CURL*, curl_socket_t socket, int what, void* argument, void*) {
  Shard& shard = *static_cast<Shard*>(argument);
  Watch& watch = shard.client->watch(socket, shard);
  watch.wanted = what == CURL_POLL_IN || what == CURL_POLL_INOUT;
  if (watch.wanted && !event_pending(&watch.readable, EV_READ, nullptr)) event_add(&watch.readable, nullptr);
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) {
    event_add(&watch.writable, nullptr);
  } else if (event_pending(&watch.writable, EV_WRITE, nullptr)) {
    event_del(&watch.writable);
  }
  return 0;
}

int CurlClient::on_timeout(CURLM*, long ms, void* argument) {
  Shard& shard = *static_cast<Shard*>(argument);
  if (ms == 0) {
    if (!shard.due) shard.client->due_.push_back(&shard);
    shard.due = true;
  } else if (ms > 0) {
    const timeval delay{ms / 1000, ms % 1000 * 1000};
    evtimer_add(&shard.timer, &delay);
  } else if (evtimer_pending(&shard.timer, nullptr)) {
    evtimer_del(&shard.timer);
  }
  return 0;
}

int CurlClient::on_open(void* argument, curl_socket_t socket, curlsocktype) {
  prepare_client_socket(socket);
  static_cast<CurlClient*>(argument)->traffic_.connected();
  return CURL_SOCKOPT_OK;
}

int CurlClient::on_close(void* argument, curl_socket_t socket) {
  auto& watch = static_cast<CurlClient*>(argument)->watches_[static_cast<std::size_t>(socket)];
  if (watch) {
    event_del(&watch->readable);
    event_del(&watch->writable);
    watch.reset();
  }
  return close(socket);
}

void CurlClient::on_ready(evutil_socket_t socket, short what, void* argument) {
  Watch& watch = *static_cast<Watch*>(argument);
  Shard& shard = *watch.shard;
  if (!watch.wanted && (what & EV_READ) != 0) event_del(&watch.readable);
  shard.client->act(
      shard, socket,
      ((what & EV_READ) != 0 ? CURL_CSELECT_IN : 0) | ((what & EV_WRITE) != 0 ? CURL_CSELECT_OUT : 0));
  shard.client->pump(shard);
}

void CurlClient::on_timer(evutil_socket_t, short, void* argument) {
  Shard& shard = *static_cast<Shard*>(argument);
  shard.client->act(shard, CURL_SOCKET_TIMEOUT, 0);
  shard.client->pump(shard);
}

}  // namespace hearsay::bench
