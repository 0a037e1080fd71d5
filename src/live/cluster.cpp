#include "live/cluster.hpp"

#include <event2/event.h>
#include <event2/util.h>
#include <sys/time.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <new>

#include "base/check.hpp"
#include "live/descriptors.hpp"

namespace hearsay::live {
namespace {

constexpr Duration kMostAtOnce = 2 * kMillisecond;
constexpr Duration kWatchEvery = 100 * kMillisecond;

// A peer that hung up must be an error of one write, not the end of the process.
event_base* make_base() {
  std::signal(SIGPIPE, SIG_IGN);
  const std::unique_ptr<event_config, void (*)(event_config*)> config(event_config_new(), &event_config_free);
  if (config == nullptr) throw std::bad_alloc();
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_PRECISE_TIMER);
  event_config_set_flag(config.get(), EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
  event_base* base = event_base_new_with_config(config.get());
  if (base == nullptr) throw std::bad_alloc();
  return base;
}

std::vector<std::unique_ptr<NodeServer>> start_servers(const scenario::Cluster& cluster, event_base* base,
                                                       NodeHandler& handler) {
  need_descriptors(cluster.nodes);
  std::vector<std::unique_ptr<NodeServer>> servers;
  for (NodeId node = 0; node < cluster.nodes; ++node) {
    const std::uint32_t port = cluster.start_port == 0 ? 0 : cluster.start_port + node;
    servers.push_back(std::make_unique<NodeServer>(node, static_cast<std::uint16_t>(port), base, handler));
  }
  return servers;
}

}  // namespace

void FreeBase::operator()(event_base* base) const { event_base_free(base); }

Cluster::Cluster(const scenario::Scenario& scenario, core::Observer& observer)
    : observer_(observer),
      base_(make_base()),
      timer_(evtimer_new(
          base_.get(), [](int, short, void*) {}, nullptr)),
      servers_(start_servers(scenario.cluster, base_.get(), *this)),
      client_(base_.get(), ports()),
      driver_(scenario, std::nullopt, *this, observer),
      started_(std::chrono::steady_clock::now()) {
  if (timer_ == nullptr) throw std::bad_alloc();
}

Cluster::~Cluster() = default;

std::vector<std::uint16_t> Cluster::ports() const {
  std::vector<std::uint16_t> ports;
  for (const auto& server : servers_) ports.push_back(server->port());
  return ports;
}

measure::Outcome Cluster::run() {
  observer_.ready(ports());
  for (step(); !interrupted_ && !driver_.done() && now() <= driver_.end(); step()) wait();
  show_progress();
  HEARSAY_CHECK(driver_.ledger().in_flight() == held_.size() + client_.outstanding(),
                "the messages in flight are not those that the world carries");
  measure::Outcome outcome = driver_.finish(now(), interrupted_);
  outcome.world = "live";
  outcome.lag = lag_.lag();
  return outcome;
}

void Cluster::step() {
  catch_up();
  release();
  hurry_ = client_.pump(lost_);
  for (const Parcel& parcel : lost_) driver_.fail(parcel.slot, parcel.to);
  lost_.clear();
  if (now() < next_watch_) return;
  next_watch_ = now() + kWatchEvery;
  show_progress();
  interrupted_ = observer_.interrupted();
}

// Rounds may come faster than they can be sent; sockets and ^C must have their turn all the same.
void Cluster::catch_up() {
  const Tick until = now() + kMostAtOnce;
  while (driver_.next() <= now() && now() < until) driver_.advance(driver_.next());
}

void Cluster::release() {
  while (!held_.empty() && held_.top().due <= now()) {
    happens(held_.top().due);
    client_.send(held_.top().parcel);
    held_.pop();
  }
}

void Cluster::show_progress() {
  const measure::Ledger& ledger = driver_.ledger();
  observer_.progress({.now = now(),
                      .end = driver_.end(),
                      .published = ledger.opened(),
                      .committed = ledger.commits(),
                      .sent = ledger.sent(),
                      .in_flight = ledger.in_flight()});
}

Tick Cluster::next() const {
  const Tick held = held_.empty() ? kNever : held_.top().due;
  return std::min({driver_.next(), held, next_watch_});
}

void Cluster::wait() {
  const Duration left = hurry_ ? 0 : std::max<Duration>(next() - now(), 0);
  const timeval timeout = {left / kSecond, left % kSecond};
  event_add(timer_.get(), &timeout);
  event_base_loop(base_.get(), EVLOOP_ONCE);
}

Tick Cluster::now() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_)
      .count();
}

Tick Cluster::happens(Tick due) {
  const Tick at = now();
  lag_.add(at - due);
  return at;
}

void Cluster::carry(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
      if (batch.fate(slot)[burst] != kGoesOn) continue;
      const Parcel parcel{batch.slot(), batch.to(slot)[burst], batch.version()};
      if (batch.delay(slot)[burst] == 0)
        client_.send(parcel);
      else
        held_.push({batch.at()[burst] + batch.delay(slot)[burst], held_so_far_++, parcel});
    }
}

Reception Cluster::receive(NodeId node, Version version, std::string_view ticket) {
  if (ticket.empty()) {
    const auto slot = driver_.admit(version, now());
    if (!slot) return Reception::full;
    return driver_.receive_foreign(*slot, node, now()) ? Reception::learned : Reception::known;
  }
  if (!client_.take(ticket)) return Reception::retired;
  gossip::Arrival arrival(0, driver_.find(version).value(), node);
  return driver_.deliver(now(), {&arrival, 1}) == 1 ? Reception::learned : Reception::known;
}

std::vector<Version> Cluster::versions(NodeId node) {
  std::vector<Version> held;
  for (Slot slot = 0; slot < driver_.ledger().opened(); ++slot)
    if (driver_.population().holds(node, slot)) held.push_back(driver_.ledger().version(slot));
  std::sort(held.begin(), held.end());
  return held;
}

const char* Cluster::date() {
  const std::int64_t second = std::time(nullptr);
  if (second != date_second_) {
    date_second_ = second;
    evutil_date_rfc1123(date_, sizeof date_, nullptr);
  }
  return date_;
}

measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer) {
  return Cluster(scenario, observer).run();
}

}  // namespace hearsay::live
