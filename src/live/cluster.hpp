#pragma once

// The live world: every node an HTTP server of its own on 127.0.0.1, and one client, on one event loop in one
// thread.

#include <chrono>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

#include "core/driver.hpp"
#include "core/inbox.hpp"
#include "core/observer.hpp"
#include "live/client.hpp"
#include "live/control.hpp"
#include "live/http.hpp"
#include "live/loop.hpp"
#include "live/node_server.hpp"
#include "measure/lag_meter.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::live {

class Cluster final : private core::World, private NodeHandler {
 public:
  /// Starts all nodes; time 0 is when it returns. Throws CannotRun when this machine has not what it takes.
  /// `scenario` and `observer` must outlive the cluster.
  Cluster(const scenario::Scenario& scenario, core::Observer& observer);

  ~Cluster() override;

  /// From now on it can be asked and changed over HTTP, on the port that this gives. At most once, before
  /// `run`. Throws CannotRun as a Listener does.
  std::uint16_t open_to_control(const ControlOptions& options);

  /// Runs to the end, or until the observer interrupts. Once.
  measure::Outcome run();

  std::vector<std::uint16_t> ports() const;

  /// How many connections the client opened so far.
  std::uint64_t connections() const { return client_.connections(); }

 private:
  struct Held {
    std::uint64_t number;  // those due at once go in the order they came
    Parcel parcel;
    Tick due() const { return parcel.due; }
    bool operator>(const Held& other) const {
      return due() != other.due() ? due() > other.due() : number > other.number;
    }
  };

  void happen(std::span<Tick> due) override;
  void carry(const Batch& batch) override;
  void went_down(NodeId node) override;
  void came_up(NodeId node) override { servers_[node]->start(); }
  void attention_changed(NodeId node, Tick now) override;

  bool attends(NodeId node, evhttp_request* request) override;
  Reception receive(NodeId node, Version version, std::string_view ticket) override;
  bool reject(NodeId node, std::string_view ticket) override;
  void foreign_request() override { driver_.count_foreign(); }
  std::vector<Version> versions(NodeId node) override;
  const char* date() override;

  void send_on(const Parcel& parcel, std::uint32_t delay);
  const Parcel* take(std::string_view ticket);
  void step();
  void catch_up();
  void release();
  void serve();
  void lose(const Parcel& parcel);
  void wait();
  void show_progress();
  void mind_files() const;
  Tick next() const;
  Tick now() const;

  const scenario::Scenario& scenario_;
  core::Observer& observer_;
  Loop loop_;
  std::vector<std::unique_ptr<NodeServer>> servers_;
  Client client_;
  core::Driver driver_;
  std::priority_queue<Held, std::vector<Held>, std::greater<>> held_;
  std::uint64_t held_so_far_ = 0;
  std::vector<Parcel> lost_;
  core::Inbox<evhttp_request*> inbox_;
  std::vector<Tick>
      excused_until_;  // by node: when it last began to attend, or was to handle what it handles
  measure::LagMeter lag_;
  Tick next_watch_ = 0;
  std::uint64_t turned_away_ = connections_turned_away();  // before this cluster
  bool hurry_ = false;                                     // the client has more to do at once
  bool interrupted_ = false;
  std::int64_t date_second_ = -1;
  char date_[40] = {};
  std::chrono::steady_clock::time_point started_;
  std::unique_ptr<Control> control_;  // null: nobody controls it
};

/// Runs a scenario in this world: Cluster from start to end.
measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer);

}  // namespace hearsay::live
