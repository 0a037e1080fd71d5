#include "live/cluster.hpp"

#include <event2/util.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "live/descriptors.hpp"

namespace hearsay::live {
namespace {

constexpr Duration kMostAtOnce = 2 * kMillisecond;
constexpr Duration kWatchEvery = 100 * kMillisecond;

/// Seen to before the event loop opens the first files: without any, libevent would end the process.
const scenario::Scenario& with_room(const scenario::Scenario& scenario) {
  need_descriptors(scenario.cluster.nodes);
  return scenario;
}

std::vector<std::unique_ptr<NodeServer>> start_servers(const scenario::Cluster& cluster, Loop& loop,
                                                       NodeHandler& handler) {
  std::vector<std::unique_ptr<NodeServer>> servers;
  for (NodeId node = 0; node < cluster.nodes; ++node) {
    const std::uint32_t port = cluster.start_port == 0 ? 0 : cluster.start_port + node;
    servers.push_back(std::make_unique<NodeServer>(node, static_cast<std::uint16_t>(port), loop, handler));
  }
  return servers;
}

}  // namespace

Cluster::Cluster(const scenario::Scenario& scenario, core::Observer& observer)
    : scenario_(with_room(scenario)),
      observer_(observer),
      servers_(start_servers(scenario.cluster, loop_, *this)),
      client_(loop_, ports()),
      driver_(scenario, {}, *this, observer),
      inbox_(driver_.nodes()),
      excused_until_(scenario.cluster.nodes),
      started_(std::chrono::steady_clock::now()) {}

Cluster::~Cluster() = default;

std::uint16_t Cluster::open_to_control(const ControlOptions& options) {
  control_ = std::make_unique<Control>(options, scenario_, loop_, driver_, [this] { return now(); });
  return control_->port();
}

std::vector<std::uint16_t> Cluster::ports() const {
  std::vector<std::uint16_t> ports;
  for (const auto& server : servers_) ports.push_back(server->port());
  return ports;
}

measure::Outcome Cluster::run() {
  observer_.ready(ports());
  for (step(); !interrupted_ && !driver_.done() && now() <= driver_.end(); step()) wait();
  show_progress();
  mind_files();
  HEARSAY_CHECK(driver_.ledger().in_flight() == held_.size() + client_.outstanding() + driver_.held(),
                "the messages in flight are not those that the world carries");
  measure::Outcome outcome = driver_.finish(now(), interrupted_);
  outcome.world = "live";
  outcome.lag = lag_.lag();
  return outcome;
}

void Cluster::step() {
  driver_.reached(now());
  catch_up();
  release();
  serve();
  hurry_ = client_.pump(lost_);
  for (const Parcel& parcel : lost_) lose(parcel);
  lost_.clear();
  if (now() < next_watch_) return;
  next_watch_ = now() + kWatchEvery;
  mind_files();
  show_progress();
  interrupted_ = observer_.interrupted();
}

// More may be due than can be sent; sockets and ^C must have their turn all the same.
void Cluster::catch_up() {
  const Tick until = now() + kMostAtOnce;
  while (driver_.next() <= now() && now() < until) driver_.step();
}

void Cluster::release() {
  while (!held_.empty() && held_.top().due() <= now()) {
    client_.send(held_.top().parcel);
    held_.pop();
  }
}

void Cluster::serve() {
  inbox_.serve(now(), [this](NodeId node, Tick due, evhttp_request* request) {
    excused_until_[node] = due;
    servers_[node]->attend(request);
  });
}

/// What a cluster loses for want of files says nothing about its gossip. One that runs for ever judges
/// nothing, and goes on.
void Cluster::mind_files() const {
  if (scenario_.publish.versions == scenario::kEndless || connections_turned_away() == turned_away_) return;
  throw CannotRun(
      "other connections to the nodes took all open files that this process may have, and messages were lost "
      "for want of one; keep them away, or allow more with `ulimit -Hn`");
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
  const Tick held = held_.empty() ? kNever : held_.top().due();
  return std::min({driver_.next(), held, inbox_.next(), next_watch_});
}

void Cluster::wait() { loop_.turn(hurry_ ? 0 : std::max<Duration>(next() - now(), 0)); }

Tick Cluster::now() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_)
      .count();
}

void Cluster::happen(std::span<Tick> due) {
  const Tick at = now();
  for (Tick& each : due) lag_.add(at - std::exchange(each, at));
}

void Cluster::carry(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
      const std::uint32_t delay = batch.delay(slot)[burst];
      const Parcel parcel{batch.slot(), batch.to(slot)[burst], batch.version(), batch.at()[burst] + delay,
                          batch.marks(slot, burst)};
      if (parcel.cut())
        client_.send(parcel);
      else if (batch.fate(slot)[burst] == kGoesOn)
        send_on(parcel, delay);
    }
}

void Cluster::send_on(const Parcel& parcel, std::uint32_t delay) {
  if (delay == 0)
    client_.send(parcel);
  else
    held_.push({held_so_far_++, parcel});
}

// What waits for its turn to be sent to a node that does not attend would have reached it by now, and wait
// there.
void Cluster::went_down(NodeId node) {
  inbox_.clear(node, [](evhttp_request*) {});
  servers_[node]->stop();
  if (!driver_.nodes().attends(node)) client_.give_up(node, lost_);
  excused_until_[node] = now();
}

void Cluster::attention_changed(NodeId node, Tick at) {
  inbox_.attention_changed(node, at);
  const bool attends = driver_.nodes().attends(node);
  client_.attention_changed(node, attends);
  if (attends) excused_until_[node] = at;
}

bool Cluster::attends(NodeId node, evhttp_request* request) {
  if (driver_.nodes().attends(node)) return true;
  inbox_.put(node, now(), request);
  return false;
}

Reception Cluster::receive(NodeId node, Version version, std::string_view ticket) {
  if (ticket.empty()) {
    driver_.count_foreign();
    const auto slot = driver_.admit(version, now());
    if (!slot) return Reception::full;
    return driver_.receive_foreign(*slot, node, now()) ? Reception::learned : Reception::known;
  }
  const Parcel* parcel = take(ticket);
  if (parcel == nullptr) return Reception::retired;
  const Tick at = now();
  lag_.add(at - std::max(parcel->due, excused_until_[node]));
  const Arrival arrival(0, parcel->slot, node);
  driver_.arrive(at, {&arrival, 1});
  const bool learned = driver_.absorb(at) == 1;
  if ((parcel->marks & kUnanswered) != 0) return Reception::unheard;
  return learned ? Reception::learned : Reception::known;
}

bool Cluster::reject(NodeId node, std::string_view ticket) {
  const Parcel* parcel = take(ticket);
  if (parcel == nullptr) return true;
  const Tick at = now();
  lag_.add(at - std::max(parcel->due, excused_until_[node]));
  driver_.reject(parcel->slot, node, at);
  driver_.absorb(at);
  return (parcel->marks & kUnanswered) == 0;
}

/// The message of ours that a request with this ticket carried; null: none, and if the ticket is none that we
/// ever gave, it came from a foreign client.
const Parcel* Cluster::take(std::string_view ticket) {
  const Parcel* parcel = client_.take(ticket);
  if (parcel == nullptr && !Client::issued(ticket)) driver_.count_foreign();
  return parcel;
}

void Cluster::lose(const Parcel& parcel) {
  const Tick at = now();
  lag_.add(at - std::max(parcel.due, excused_until_[parcel.to]));
  driver_.fail(parcel.slot, parcel.to, at);
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
