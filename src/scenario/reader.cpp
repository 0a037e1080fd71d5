#include "scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/cluster_reader.hpp"
#include "scenario/expectation_reader.hpp"
#include "scenario/fault_reader.hpp"
#include "scenario/fields.hpp"
#include "scenario/load.hpp"
#include "scenario/network_reader.hpp"
#include "scenario/phase.hpp"
#include "scenario/settings.hpp"
#include "scenario/text.hpp"
#include "scenario/toml.hpp"
#include "scenario/units.hpp"
#include "scenario/window_reader.hpp"
#include "scenario/written.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::int64_t kMostRounds = 1'000'000;

std::string default_name(const std::filesystem::path& file) { return file.stem().string(); }

/// Reads one tree, table after table; later ones are checked against earlier ones that are right.
class ScenarioReader {
 public:
  ScenarioReader(const Table& tree, const std::string& file, const Known& known,
                 std::vector<Problem>& problems)
      : known_(known), problems_(problems), top_(tree, {file}, "", problems) {
    scenario_.file = file;
    scenario_.name = default_name(file);
  }

  Scenario read() {
    top_.read("name", plain_text("thirty percent loss"), scenario_.name);
    top_.read("seed", whole_number(0, kNoBound, 7), scenario_.seed);
    top_.read("world", choice(known_.worlds), scenario_.world);
    scenario_.cluster = read_cluster(section("cluster"), members_, problems_);
    scenario_.network = read_network(section("network"), members_, problems_);
    read_gossip(section("gossip"));
    read_publish(section("publish"));
    read_run(section("run"));
    scenario_.faults =
        read_faults(top_.tables("fault", "fault"), Setting{known_.faults, members_, course()}, problems_);
    for (const Node& node : top_.tables("expect", "expect"))
      scenario_.expectations.push_back(read_expectation(node, names_of_phases(), problems_));
    top_.finish();
    return std::move(scenario_);
  }

 private:
  /// The table [name]; an empty one, placed at the file as a whole, if it is not written.
  Fields section(std::string_view name) {
    static const Table kEmpty;
    const Member* member = top_.find(name);
    const Table* table = member != nullptr ? member->node.as<Table>() : nullptr;
    if (member != nullptr && table == nullptr) {
      top_.refuse(*member,
                  fmt::format("must be a table, written [{}], not {}", name, describe(member->node)));
    }
    return {table != nullptr ? *table : kEmpty, member != nullptr ? member->node.where : top_.where(),
            fmt::format(" in [{}]", name), problems_};
  }

  void read_run(Fields fields) {
    Run& run = scenario_.run;
    const bool warmup = fields.read("warmup", duration(0, "5s"), run.warmup);
    const bool settle = fields.read("settle", duration(0, "10s"), run.settle);
    if (extent_known_ && (warmup || settle)) check_run(fields);
    fields.finish();
  }

  /// Between the phases there must be something left.
  void check_run(const Fields& fields) {
    const Tick over = settles_from(scenario_) + scenario_.run.settle;
    if (scenario_.run.warmup + scenario_.run.settle < over) return;
    problems_.push_back(
        {fields.where(),
         fmt::format("\"warmup\" and \"settle\" in [run] must leave time for faults: together less "
                     "than {}, when publishing is over, not {}",
                     format_duration(over), format_duration(scenario_.run.warmup + scenario_.run.settle))});
  }

  void read_gossip(Fields fields) {
    Gossip& gossip = scenario_.gossip;
    std::vector<std::string_view> protocols;
    for (const Declaration& protocol : known_.protocols) protocols.push_back(protocol.name);
    fields.read("protocol", choice(protocols), gossip.protocol);
    read_fanout(fields, gossip.fanout);
    fields.read("rounds", whole_number(0, kMostRounds, 5), gossip.rounds);
    fields.read("interval", duration(1, "1s"), gossip.interval);
    std::string first;
    if (fields.read("first", choice({"after-interval", "at-once"}), first))
      gossip.at_once = first == "at-once";
    fields.finish();
  }

  void read_publish(Fields fields) {
    Publish& publish = scenario_.publish;
    const std::size_t before = problems_.size();
    fields.read("versions", whole_number(1, kMaxVersions, 20), publish.versions);
    fields.read("interval", duration(known_.endless ? 1 : 0, "1s"), publish.interval);
    fields.read("deadline", duration(1, "30s"), publish.deadline);
    if (known_.endless)
      publish.versions = kEndless;
    else if (problems_.size() == before)
      check_extent(fields);
    publish.fanout = scenario_.gossip.fanout;
    read_fanout(fields, publish.fanout);
    fields.finish();
  }

  /// A fanout that is written must fit the cluster; a default is lowered to fit.
  void read_fanout(Fields& fields, std::uint32_t& fanout) {
    if (!fields.read("fanout", whole_number(1, kMaxNodes, 3), fanout)) {
      fanout = std::min(fanout, members_.nodes.value_or(fanout));
    } else if (members_.nodes && fanout > *members_.nodes) {
      fields.refuse(*fields.find("fanout"),
                    fmt::format("must be at most {}, the number of nodes, not {}", *members_.nodes, fanout));
    }
  }

  void check_extent(const Fields& fields) {
    const Tick last = last_deadline(scenario_);
    if (last <= kLongest) {
      extent_known_ = true;
    } else {
      problems_.push_back(
          {fields.where(), fmt::format("the last deadline, versions times interval plus deadline, "
                                       "is {} away; at most {} are possible",
                                       format_duration(last), format_duration(kLongest))});
    }
  }

  std::vector<std::string> names_of_phases() const {
    std::vector<std::string> names;
    for (Phase& phase : phases(scenario_)) names.push_back(std::move(phase.name));
    return names;
  }

  /// Unknown where the file has the publishing wrong.
  Course course() const { return extent_known_ || known_.endless ? course_of(scenario_) : Course{}; }

  const Known& known_;
  std::vector<Problem>& problems_;
  Fields top_;
  Scenario scenario_;
  Members members_;
  bool extent_known_ = false;
};

Scenario read_tree(Table tree, const std::string& file, const Known& known,
                   const std::vector<std::string>& settings) {
  std::vector<Problem> problems;
  for (const std::string& setting : settings) apply(setting, tree, problems);
  Scenario scenario = ScenarioReader(tree, file, known, problems).read();
  if (!problems.empty()) throw InputError(std::move(problems));
  return scenario;
}

}  // namespace

Scenario read(const std::filesystem::path& path, const Known& known, const std::vector<std::string>& settings,
              std::string_view beneath) {
  Table tree = parse_toml(beneath, "the environment");
  Loaded loaded = load(path);
  merge(tree, std::move(loaded.tree));
  Scenario scenario = read_tree(std::move(tree), path.string(), known, settings);
  for (const std::filesystem::path& file : loaded.files) scenario.files.push_back(file.string());
  return scenario;
}

std::string text_in_force(const std::filesystem::path& path, const std::vector<std::string>& settings) {
  Table tree = load(path).tree;
  std::vector<Problem> problems;
  for (const std::string& setting : settings) apply(setting, tree, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  if (tree.find("name") == nullptr) {
    const Location whole{path.string()};
    Member name{"name", whole, {whole, Text{default_name(path), whole}}};
    tree.put(std::move(name));
  }
  return to_toml(tree);
}

Scenario read_text(std::string_view text, const std::string& file, const Known& known,
                   const std::vector<std::string>& settings) {
  Table tree = parse_toml(text, file);
  if (const Member* extends = tree.find("extends")) {
    fail(extends->where, "\"extends\" needs a file: this text has no folder");
  }
  return read_tree(std::move(tree), file, known, settings);
}

std::vector<Fault> read_faults(const Array& rules, const Scenario& scenario, const Known& known) {
  std::vector<Problem> problems;
  const Members members{scenario.cluster.nodes, scenario.cluster.groups};
  const Course course = course_of(scenario);
  std::vector<Fault> faults = read_faults(rules, Setting{known.faults, members, course}, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return faults;
}

}  // namespace hearsay::scenario
