#include "live/client.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>
#include <random>
#include <utility>

namespace hearsay::live {
namespace {

constexpr std::size_t kInFlight = 32;     // more only costs
constexpr std::size_t kNodesAMulti = 64;  // a multi finds its connections in a hash of 97 places

// No other program's client knows it.
const std::string& nonce() {
  static const std::string drawn = [] {
    std::random_device device;
    return fmt::format("-{:08x}{:08x}-", device(), device());
  }();
  return drawn;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) { return size * count; }

void global_init() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::bad_alloc();
}

}  // namespace

/// A reusable libcurl handle with what it carries.
struct Client::Transfer {
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  explicit Transfer(std::size_t number) : index(number), easy(curl_easy_init()) {
    if (easy == nullptr) throw std::bad_alloc();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &discard);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Transfer::read_body);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    issue_ticket();
  }
  ~Transfer() { curl_easy_cleanup(easy); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void issue_ticket() {
    ticket = fmt::format("{}{}{}", index, nonce(), ++tickets);
    std::unique_ptr<curl_slist, FreeList> fresh(curl_slist_append(nullptr, "Content-Type: text/plain"));
    curl_slist_append(fresh.get(), "Accept:");
    curl_slist_append(fresh.get(), fmt::format("{}: {}", kTicketHeader, ticket).c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fresh.get());
    headers = std::move(fresh);
  }

  void load(const Parcel& what, CURLU* url) {
    parcel = what;
    requests = 0;
    taken = parcel.cut();
    const auto end = std::to_chars(body.data(), body.data() + body.size(), parcel.version).ptr;
    if ((parcel.marks & kGarbled) != 0)
      std::transform(body.data(), end, body.data(),
                     [](char digit) { return static_cast<char>(digit ^ 0x40); });
    unsent = static_cast<std::size_t>(end - body.data());
    curl_easy_setopt(easy, CURLOPT_CURLU, url);
    // Of one that is to be cut, a byte more is announced than there is.
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(parcel.cut() ? unsent + 1 : unsent));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, parcel.cut() ? nullptr : body.data());
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
  }

  // Of a body that does not lie ready: all there is, and then the connection is cut.
  static std::size_t read_body(char* into, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = std::min(std::exchange(transfer.unsent, 0), size * count);
    std::copy_n(transfer.body.data(), bytes, into);
    return bytes == 0 ? std::size_t{CURL_READFUNC_ABORT} : bytes;
  }

  // libcurl sends a PUT again, unasked, when a connection that it used before dies without a reply. That
  // would be a second message; the first one is lost, as it is on any connection that breaks.
  static int before_request(void* self, char*, char*, int, int) {
    return ++static_cast<Transfer*>(self)->requests == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  }

  std::size_t index;
  CURL* easy;
  std::unique_ptr<curl_slist, FreeList> headers;
  std::string ticket;
  std::uint64_t tickets = 0;  // issued so far
  std::array<char, 20> body = {};
  Parcel parcel = {};
  std::size_t unsent = 0;  // bytes of the body that were not asked for yet
  unsigned requests = 0;
  bool taken = true;
};

Client::Client(Loop& loop, const std::vector<std::uint16_t>& ports) : peers_(ports.size()) {
  global_init();
  const std::size_t multis = 1 + ports.size() / kNodesAMulti;
  const auto connections = static_cast<long>(ports.size() / multis + kInFlight + 1);
  for (std::size_t i = 0; i < multis; ++i) multis_.push_back(std::make_unique<Multi>(loop, connections));
  for (const std::uint16_t port : ports) {
    urls_.emplace_back(curl_url());
    curl_url_set(urls_.back().get(), CURLUPART_URL, fmt::format("http://127.0.0.1:{}/gossip", port).c_str(),
                 0);
  }
  for (std::size_t i = 0; i < kInFlight; ++i) add_transfer();
}

Client::~Client() {
  for (const auto& transfer : transfers_)
    if (std::find(free_.begin(), free_.end(), transfer.get()) == free_.end())
      multi_of(transfer->parcel.to).remove(transfer->easy);
}

const Parcel* Client::take(std::string_view ticket) {
  std::size_t index = transfers_.size();
  std::from_chars(ticket.data(), ticket.data() + ticket.size(), index);
  if (index >= transfers_.size()) return nullptr;
  Transfer& transfer = *transfers_[index];
  if (transfer.taken || transfer.ticket != ticket) return nullptr;
  transfer.taken = true;
  --on_their_way_;
  return &transfer.parcel;
}

bool Client::issued(std::string_view ticket) { return ticket.find(nonce()) != std::string_view::npos; }

void Client::send(const Parcel& parcel) {
  Peer& peer = peers_[parcel.to];
  if (!peer.busy && peer.waiting.empty()) ready_.push_back(parcel.to);
  peer.waiting.push_back(parcel);
  waiting_ += !parcel.cut();
}

void Client::attention_changed(NodeId node, bool attends) {
  Peer& peer = peers_[node];
  stuck_ -= peer.stuck();
  peer.attends = attends;
  stuck_ += peer.stuck();
}

void Client::give_up(NodeId node, std::vector<Parcel>& lost) {
  Peer& peer = peers_[node];
  if (!peer.busy) std::erase(ready_, node);
  std::erase_if(peer.waiting, [](const Parcel& parcel) { return parcel.cut(); });
  waiting_ -= peer.waiting.size();
  lost.insert(lost.end(), peer.waiting.begin(), peer.waiting.end());
  peer.waiting.clear();
}

bool Client::pump(std::vector<Parcel>& lost) {
  finish(lost);
  start();
  const bool refused_at_once = finish(lost);
  return refused_at_once && !ready_.empty();
}

void Client::start() {
  while (!ready_.empty()) {
    Transfer* const next = free_transfer();
    if (next == nullptr) break;
    Transfer& transfer = *next;
    const NodeId to = ready_.front();
    ready_.pop_front();
    Peer& peer = peers_[to];
    transfer.load(peer.waiting.front(), urls_[to].get());
    peer.waiting.pop_front();
    peer.busy = true;
    stuck_ += peer.stuck();
    waiting_ -= !transfer.parcel.cut();
    on_their_way_ += !transfer.parcel.cut();
    multi_of(to).add(transfer.easy);
  }
  for (const auto& multi : multis_) multi->kick();
}

void Client::add_transfer() {
  transfers_.push_back(std::make_unique<Transfer>(transfers_.size()));
  free_.push_back(transfers_.back().get());
}

Client::Transfer* Client::free_transfer() {
  if (transfers_.size() - free_.size() - stuck_ >= kInFlight) return nullptr;
  if (free_.empty()) add_transfer();
  Transfer* const free = free_.back();
  free_.pop_back();
  return free;
}

bool Client::finish(std::vector<Parcel>& lost) {
  bool any = false;
  for (const auto& multi : multis_) {
    CURLcode result = CURLE_OK;
    while (CURL* easy = multi->next_over(result)) {
      Transfer* transfer = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
      multi->remove(easy);
      if (result != CURLE_OK) transfer->issue_ticket();
      end(*transfer, lost);
      any = true;
    }
  }
  return any;
}

void Client::end(Transfer& transfer, std::vector<Parcel>& lost) {
  long opened = 0;
  curl_easy_getinfo(transfer.easy, CURLINFO_NUM_CONNECTS, &opened);
  connections_ += static_cast<std::uint64_t>(opened);
  if (!transfer.taken) {
    transfer.taken = true;
    --on_their_way_;
    lost.push_back(transfer.parcel);
  }
  free_.push_back(&transfer);
  Peer& peer = peers_[transfer.parcel.to];
  stuck_ -= peer.stuck();
  peer.busy = false;
  if (!peer.waiting.empty()) ready_.push_back(transfer.parcel.to);
}

}  // namespace hearsay::live
