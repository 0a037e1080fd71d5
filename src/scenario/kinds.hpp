#pragma once

// What the keys of a scenario may hold: for each kind of value, how it is read and what an error says is
// allowed.

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/parameter.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// A value, or why there is none: what follows `"fanout" in [gossip] `, or problems at places inside of it.
template <typename T>
struct Reading {
  std::optional<T> value = {};
  std::string why = {};
  std::vector<Problem> inside = {};
};

template <typename T>
struct Kind {
  std::string allowed;  ///< "a whole number of at least 1, such as 3"
  std::function<Reading<T>(const Node&)> read;
};

/// `must be {allowed}, not {what the node holds}`.
std::string mismatch(std::string_view allowed, const Node& node);

/// As the `most` of a whole number: any.
inline constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

/// From `least` to `most`.
Kind<std::int64_t> whole_number(std::int64_t least, std::int64_t most, std::int64_t example);

/// From `least` (0 or 1 us) to kLongest.
Kind<Duration> duration(Duration least, std::string_view example);

/// A constant, a range or a distribution; one without a `max` does not reach beyond 1h.
Kind<DurationModel> duration_model();

/// "30%", 0.3, or 0 and 1: from 0 to 1.
Kind<double> share();

/// The same, 0 and 1 excluded.
Kind<double> confidence();

/// From 1; may have a fraction.
Kind<double> number();

/// From 0.01 to 100.
Kind<double> factor();

/// "2/s", "30/m", "5/h", or a number, per second: from 0.001/h to 10^9/s.
Kind<double> rate();

Kind<std::string> choice(std::vector<std::string_view> words);

/// Not empty, no control characters, so at most one line.
Kind<std::string> plain_text(std::string_view example);

/// The same, with its place.
Kind<Text> placed_text(std::string_view example);

/// 1 to 64 letters, digits, spaces, - and _: the name of a fault or a group.
bool is_name(std::string_view text);
Kind<std::string> fault_name();

/// Where a selector stands: in a fault, in [[network.group]], in [cluster.groups].
enum class Selects { senders, receivers, nodes, side, latencies, group };

/// The cluster that selectors are about, as far as it is known.
struct Members {
  std::optional<NodeId> nodes = {};
  Groups groups = {};
};

/// Checks ids and counts against `members`, which must outlive it, and knows its groups.
Kind<Selector> selector(Selects what, const Members& members);

/// [A, B], or pairs [[A, B], [C, D]]: an array of nothing but arrays is one of pairs. `what` is latencies, or
/// side: then no node is on both, and "*", all others, is the second.
Kind<std::vector<Sides>> sides(Selects what, const Members& members);

/// A `kind` of T as the alternative `As` of the values of a fault's parameters.
template <typename As, typename T>
Kind<Value> as_value(Kind<T> kind) {
  return {kind.allowed, [read = std::move(kind.read)](const Node& node) -> Reading<Value> {
            Reading<T> reading = read(node);
            if (!reading.value) return {{}, std::move(reading.why), std::move(reading.inside)};
            return {Value(std::in_place_type<As>, *std::move(reading.value)), {}};
          }};
}

/// What `parameter` may hold in the cluster of `members`, which must outlive it.
Kind<Value> value_of(const Parameter& parameter, const Members& members);

}  // namespace hearsay::scenario
