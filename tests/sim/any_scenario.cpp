#include "tests/sim/any_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <random>
#include <string_view>

#include "base/time.hpp"

namespace hearsay::sim {
namespace {

class Author {
 public:
  explicit Author(std::uint64_t number) : random_(number) {}

  std::string write() {
    decide_sizes();
    say("seed = {}\n", number(0, 1'000'000));
    say("[cluster]\nnodes = {}\ncommit = \"{}\"\n", nodes_, one_of({"all", "alive"}));
    write_gossip();
    write_publish();
    write_network();
    for (std::int64_t fault = number(0, 4); fault > 0; --fault) write_fault(fault);
    if (chance(30)) say("[[expect]]\nthat = \"recovery <= 1s\"\n");
    return text_;
  }

 private:
  template <typename... Args>
  void say(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Args>(args)...);
  }

  std::int64_t number(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool chance(int percent) { return number(1, 100) <= percent; }
  template <typename T>
  T one_of(std::initializer_list<T> all) {
    return *(all.begin() + number(0, static_cast<std::int64_t>(all.size()) - 1));
  }
  std::string_view one_of(std::initializer_list<std::string_view> all) {
    return one_of<std::string_view>(all);
  }

  /// One crowd in thirty is large enough for batches to be full.
  void decide_sizes() {
    const bool crowd = chance(3);
    nodes_ = crowd ? number(200, 700) : number(1, chance(25) ? 30 : 8);
    most_fanout_ = crowd ? 3 : chance(20) ? nodes_ : std::min<std::int64_t>(nodes_, 4);
    versions_ = crowd ? number(1, 2) : chance(5) ? number(6, 30) : number(1, 5);
    unit_ = one_of({Duration{1}, Duration{1}, Duration{1}, Duration{7}, Duration{100}, kMillisecond,
                    50 * kMillisecond, kSecond, kHour});
    link_unit_ = chance(30) ? kMicrosecond : std::min(unit_, 10 * kSecond);
  }

  /// A span of units; now and then a little more, so that not all is a multiple of one unit.
  Duration span(std::int64_t least, std::int64_t most) { return span(least, most, unit_); }
  Duration span(std::int64_t least, std::int64_t most, Duration unit) {
    return number(least, most) * unit + (chance(15) ? number(0, 3) : 0);
  }

  /// The times of a link: a constant, a range, or a distribution.
  std::string link() {
    if (chance(25)) return fmt::format("\"{}us\"", span(0, 5, link_unit_));
    if (chance(60)) {
      const Duration low = number(0, 3) * link_unit_;
      return fmt::format("\"{}us..{}us\"", low, low + number(0, 9) * link_unit_);
    }
    const std::string_view shape = one_of({"normal", "lognormal", "exponential", "pareto"});
    std::string table =
        fmt::format(R"({{ distribution = "{}", mean = "{}us")", shape, span(1, 5, link_unit_));
    if (shape != "exponential") table += fmt::format(", jitter = \"{}us\"", span(1, 5, link_unit_));
    if (chance(50)) table += fmt::format(", min = \"{}us\"", link_unit_);
    return table + fmt::format(", max = \"{}us\" }}", 20 * link_unit_);
  }

  void write_gossip() {
    say("[gossip]\nfanout = {}\nrounds = {}\ninterval = \"{}us\"\nfirst = \"{}\"\n", number(1, most_fanout_),
        number(0, 5), span(1, chance(50) ? 3 : 12), one_of({"at-once", "after-interval"}));
  }

  void write_publish() {
    interval_ = span(0, chance(50) ? 3 : 20);
    deadline_ = span(1, chance(30) ? 10 : 150);
    say("[publish]\nversions = {}\ninterval = \"{}us\"\ndeadline = \"{}us\"\n", versions_, interval_,
        deadline_);
    if (chance(50)) say("fanout = {}\n", number(1, most_fanout_));
  }

  void write_network() {
    say("[network]\n");
    if (chance(90)) say("latency = {}\n", link());
    for (std::int64_t group = chance(30) ? number(1, 3) : 0; group > 0; --group) {
      const bool one_side = chance(50);
      say("[[network.group]]\n{} = {}\nlatency = {}\n", one_side ? "nodes" : "between",
          one_side ? fixed_nodes() : fmt::format("[{}, {}]", fixed_nodes(), fixed_nodes()), link());
    }
  }

  std::string fixed_nodes() {
    const std::int64_t first = number(0, nodes_ - 1);
    const std::int64_t last = number(first, nodes_ - 1);
    switch (number(0, 3)) {
      case 0:
        return "\"*\"";
      case 1:
        return fmt::format("{}", first);
      case 2:
        return fmt::format("[{}, {}]", last, first);
      default:
        return fmt::format("\"{}..{}\"", first, last);
    }
  }

  std::string nodes() {
    switch (number(0, 3)) {
      case 0:
        return fmt::format("{{ count = {} }}", number(1, nodes_));
      case 1:
        return fmt::format("{{ share = \"{}%\" }}", number(1, 100));
      default:
        return fixed_nodes();
    }
  }

  void write_fault(std::int64_t fault) {
    const std::string_view kind =
        one_of({"drop", "delay", "kill", "kill", "pause", "slow", "skew", "churn", "duplicate", "corrupt",
                "reset", "burst", "reorder", "throttle", "stale", "partition", "delay"});
    say("[[fault]]\nname = \"{} {}\"\nkind = \"{}\"\n", kind, fault, kind);
    if (chance(70)) say("at = {}\n", within_the_run());
    if (kind == "kill" || kind == "churn")
      write_deaths(kind);
    else if (kind == "pause" || kind == "slow" || kind == "skew")
      write_lasting(kind);
    else
      write_message_fault(kind);
  }

  /// No later than the last deadline.
  std::string within_the_run() {
    return fmt::format("\"{}us\"", number(0, std::min(versions_ * interval_ + deadline_, 60 * unit_)));
  }

  void write_deaths(std::string_view kind) {
    say("nodes = {}\nstate = \"{}\"\n", nodes(), one_of({"keep", "wipe"}));
    if (kind == "churn") {
      say("rate = {}\n", static_cast<double>(kSecond) / static_cast<double>(span(1, 20)));
      if (chance(50)) write_window();
    } else if (chance(60)) {
      say("every = \"{}us\"\n", span(1, 20));
    }
    if (chance(60)) say("restart_after = \"{}us\"\n", span(0, chance(50) ? 3 : 25));
    write_limit();
  }

  void write_lasting(std::string_view kind) {
    say("nodes = {}\n", nodes());
    if (kind == "slow") say("delay = {}\n", chance(5) ? "\"0us\"" : link());
    if (kind == "skew") say("factor = {}\n", one_of({"0.01", "0.3", "0.5", "1", "1.5", "2", "3.7", "100"}));
    if (chance(85)) write_window();
    write_limit();
  }

  void write_limit() {
    if (chance(15)) say("limit = {}\n", number(1, 2 * nodes_));
  }

  void write_message_fault(std::string_view kind) {
    write_strength(kind);
    if (kind != "partition") {
      if (chance(50)) say("from = {}\n", chance(20) ? "\"initiator\"" : nodes());
      if (chance(50)) say("to = {}\n", nodes());
      if (chance(20)) say("limit = {}\n", number(1, 10));
    }
    if (chance(50)) write_window();
  }

  void write_window() {
    const Duration length = number(1, 10) * unit_;
    say("for = \"{}us\"\n", length);
    if (chance(60)) say("every = \"{}us\"\n", length + number(0, 10) * unit_);
  }

  void write_strength(std::string_view kind) {
    if (kind == "delay") {
      say("delay = {}\n", chance(10) ? "\"0us\"" : link());
      if (chance(40)) say("correlation = \"{}%\"\n", number(0, 100));
    } else if (kind == "partition") {
      write_sides();
    } else if (kind == "throttle") {
      say("rate = {}\nqueue = {}\n", 1e6 / static_cast<double>(number(1, 5) * link_unit_), number(1, 6));
    } else if (kind == "burst") {
      write_burst();
    } else {
      say("probability = \"{}%\"\n", chance(10) ? number(0, 1) * 100 : number(1, 90));
    }
    if (kind == "drop") say("what = \"{}\"\n", one_of({"request", "request", "response", "both"}));
    if (kind == "duplicate") say("copies = {}\n", number(1, 3));
    if (kind == "reorder" && chance(40)) return say("delay = {}\n", link());
    if (kind == "reorder") say("behind = {}\nat_most = \"{}us\"\n", number(1, 4), span(1, 20));
    if (kind == "reorder" || kind == "burst" || kind == "throttle")
      say("scope = \"{}\"\n", one_of({"link", "from", "to", "all"}));
  }

  void write_burst() {
    if (chance(70)) return say("probability = \"{}%\"\nburst_length = {}\n", number(0, 50), number(1, 5));
    say("p = \"{}%\"\nr = \"{}%\"\n", number(0, 100), number(0, 100));
    if (chance(50)) say("1-h = \"{}%\"\n1-k = \"{}%\"\n", number(0, 100), number(0, 30));
  }

  void write_sides() {
    const std::int64_t cut = number(1, std::max<std::int64_t>(1, nodes_ - 1));
    if (nodes_ == 1 || chance(40))
      say("between = [{{ count = {} }}, \"*\"]\n", cut);
    else
      say("between = [\"0..{}\", \"{}..{}\"]\n", cut - 1, cut, nodes_ - 1);
    if (chance(40)) say("direction = \"one-way\"\n");
  }

  std::mt19937_64 random_;
  std::string text_;
  std::int64_t nodes_ = 1;
  std::int64_t most_fanout_ = 1;
  std::int64_t versions_ = 1;
  Duration interval_ = 0;
  Duration deadline_ = 0;
  Duration unit_ = 1;       // of what happens in the cluster
  Duration link_unit_ = 1;  // of links and delays
};

}  // namespace

std::string any_scenario(std::uint64_t number) { return Author(number).write(); }

}  // namespace hearsay::sim
