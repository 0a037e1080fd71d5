#pragma once

// What a scenario file says, validated and with its defaults filled in. Plain data: no TOML here.

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "base/ids.hpp"
#include "base/random_duration.hpp"
#include "base/time.hpp"
#include "scenario/selector.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

enum class CommitRule {
  all,    ///< every node must hold the version, dead ones too
  alive,  ///< every node that is up at that instant must
};

/// The groups of a cluster by name: selectors of ids, of random ones as many as a count or share says.
using Groups = std::map<std::string, Selector, std::less<>>;

struct Cluster {
  NodeId nodes = 0;
  std::uint16_t start_port = 0;  ///< 0: free ports
  CommitRule commit = CommitRule::all;
  Groups groups = {};  ///< [cluster.groups]
};

/// A [[network.group]]: the latency of messages between a node of one side and a node of the other, both
/// ways. With `nodes` written, not `between`, both sides are these. No side is random, and none has the
/// initiator.
struct LatencyGroup {
  Selector a;
  Selector b;
  DurationModel latency;
};

struct Network {
  std::vector<LatencyGroup> groups;      ///< the first that a message belongs to decides,
  std::optional<DurationModel> latency;  ///< then this; not written: the world's own default
  Location where;                        ///< of [network], or of that latency
};

struct Gossip {
  std::string protocol = "push";
  std::uint32_t fanout = 3;  ///< 1..nodes
  std::uint32_t rounds = 5;
  Duration interval = kSecond;
  bool at_once = false;  ///< first = "at-once": the first round at learning, not one interval after
};

/// As many versions as there is time for; no file can say so.
inline constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();

struct Publish {
  std::uint64_t versions = 10;
  Duration interval = kSecond;
  std::uint32_t fanout = 3;  ///< default: that of gossip
  Duration deadline = 30 * kSecond;
};

/// How a run is parted: first the cluster warms up, last it settles, and in between faults are open that do
/// not say when.
struct Run {
  Duration warmup = 0;
  Duration settle = 0;
};

/// When a fault is open: [at, at + length), again every `every`.
struct Window {
  Tick at = 0;
  Duration length = kNever;  ///< kNever: to the end
  Duration every = 0;        ///< 0: once

  friend bool operator==(const Window&, const Window&) = default;

  bool open(Tick now) const {
    if (now < at) return false;
    return (every == 0 ? now - at : (now - at) % every) < length;
  }
};

/// The value of one parameter of a fault; which alternative it holds follows from its ParameterType: share,
/// number and factor → double, rate → double a second, duration → Duration, duration_range → DurationModel,
/// count → uint64, nodes → Selector, sides → vector of Sides, choice → string.
using Value =
    std::variant<double, Duration, DurationModel, std::uint64_t, Selector, std::vector<Sides>, std::string>;

/// A share or duration that changes while a window is open: `from` when it opens, then in a straight line,
/// `to` after `over` and from then on.
struct Ramp {
  std::string parameter;  ///< of which parameter; that one is absent
  double from = 0;        ///< a share within 0..1, or microseconds
  double to = 0;
  Duration over = kSecond;  ///< above 0

  friend bool operator==(const Ramp&, const Ramp&) = default;
};

/// One [[fault]], with every parameter that its kind declares; only one whose default is "never" or "none" is
/// absent unless it was written, and one that is ramped (`has` tells).
struct Fault {
  std::string name;
  std::string kind;
  Selector from;  ///< of messages; "*" includes the initiator
  Selector to;
  Window window;
  std::optional<std::uint64_t> limit = {};  ///< at most so many messages, or nodes, are hit; at least 1
  std::optional<Ramp> ramp = {};
  std::map<std::string, Value, std::less<>> parameters;
  Location where;
  Table written = {};  ///< the table itself, as written, with the place of each of its keys

  bool has(std::string_view parameter) const { return parameters.find(parameter) != parameters.end(); }
  bool ramps(std::string_view parameter) const { return ramp && ramp->parameter == parameter; }

  /// The value of a parameter the kind declares. Throws Bug for another name or type.
  template <typename T>
  const T& get(std::string_view parameter) const {
    const auto found = parameters.find(parameter);
    HEARSAY_CHECK(found != parameters.end() && std::holds_alternative<T>(found->second),
                  "fault \"" + name + "\" has no such parameter: " + std::string(parameter));
    return std::get<T>(found->second);
  }
};

/// Whether both say the same, wherever they are written.
bool same_rule(const Fault& a, const Fault& b);

enum class Severity {
  fail,  ///< what fails it fails
  warn,  ///< it is only told
};

/// One [[expect]]: `that` as written, which the verdict room reads; `after_heal = "10s"` is `recovery <=
/// 10s`.
struct Expectation {
  std::string that;
  double confidence = 0.95;
  Location where;  ///< of the text of `that`: its first character; or of the value of `after_heal`
  std::optional<Location> confidence_at = {};  ///< where `confidence` is written, if it is
  std::string during = {};                     ///< the name of one of the phases; empty: all of the run
  std::optional<Location> during_at = {};      ///< where `during` is written, if it is
  Severity severity = Severity::fail;
  std::optional<double> indifference = {};       ///< of a rate: so bad, and no better, a system must fail
  std::optional<Location> indifference_at = {};  ///< where it is written, if it is
};

struct Scenario {
  std::string name;
  std::string file;  ///< as the user named it
  std::vector<std::string>
      files;  ///< all it was read from, by canonical paths: its own, and what that extends
  std::uint64_t seed = 1;
  std::string world = "live";
  Cluster cluster;
  Run run;
  Network network;
  Gossip gossip;
  Publish publish;
  std::vector<Fault> faults;
  std::vector<Expectation> expectations;
};

/// Of all, in their order.
std::vector<std::string> names(const std::vector<Fault>& faults);

/// Whether an expectation is about recovery, so that it must be measured: its text begins with that word.
bool asks_recovery(const Scenario& scenario);

/// The last instant a version of the initiator can still commit: where a run ends at the latest. kNever for
/// an endless one.
Tick last_deadline(const Scenario& scenario);

/// When the publishing of an interval after the last version would be over, and `run.settle` before that. Not
/// of an endless one.
Tick settles_from(const Scenario& scenario);

}  // namespace hearsay::scenario
