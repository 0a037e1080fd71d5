#pragma once

// The control interface of a running cluster: what can be asked and changed over HTTP.
//
//   GET    /status                 the cluster now
//   GET    /faults                 the rules, as written, with their evidence so far
//   POST   /faults                 adds one; without `at` it opens now
//   PATCH  /faults/NAME            changes the keys that are given
//   DELETE /faults/NAME            ends it and undoes what it did to nodes
//   POST   /faults:replace         {"faults": […]}: these and no others, all at once
//   POST   /nodes/ID/kill          {"state": "wipe" | "keep"}; or restart, pause, resume
//   POST   /publish                the initiator's next version, now
//
// Rules are written with the keys of a scenario's [[fault]] and meet the same checks; times count from the
// start of the run. A request is carried out wholly or not at all. HEAD is answered as GET is.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "control/controlled.hpp"
#include "control/guard.hpp"
#include "control/request.hpp"
#include "scenario/reader.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tree.hpp"

namespace hearsay::control {

/// Bodies may be so long, in bytes; longer ones are refused.
inline constexpr std::size_t kMostBody = 1 << 20;

class Api {
 public:
  /// `scenario` is what the cluster runs, `known` what may be written. `cluster` must outlive this.
  Api(const scenario::Scenario& scenario, const scenario::Known& known, std::string token,
      Controlled& cluster);

  Response answer(const Request& request);

 private:
  Response route(const Request& request);
  Response status();
  Response faults();
  Response add_fault(std::string_view body);
  Response change_fault(std::string_view name, std::string_view body);
  Response remove_fault(std::string_view name);
  Response replace_faults(std::string_view body);
  Response act_on_node(std::string_view id, std::string_view verb, std::string_view body);
  Response publish(std::string_view body);

  void put_in_force(scenario::Array rules, Tick now);
  std::size_t find(std::string_view name) const;
  void refuse_taken_name(const scenario::Table& rule, std::size_t own) const;

  scenario::Scenario scenario_;
  scenario::Known known_;
  Guard guard_;
  Controlled& cluster_;
  scenario::Array rules_;  // as written
};

}  // namespace hearsay::control
