#include "tools/run_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

namespace hearsay::tools {
namespace {

using Json = nlohmann::json;
using Row = std::vector<std::string>;

/// RFC 4180.
std::vector<Row> rows_of(std::string_view csv) {
  std::vector<Row> rows;
  Row row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char letter = csv[i];
    if (quoted && letter == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      row.back() += csv[++i];
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (quoted || (letter != ',' && letter != '\r' && letter != '\n')) {
      row.back() += letter;
    } else if (letter == ',') {
      row.emplace_back();
    } else if (letter == '\n') {
      rows.push_back(std::move(row));
      row = Row(1);
    }
  }
  return rows;
}

[[noreturn]] void refuse(const std::string& what) { throw std::runtime_error(what); }

template <typename Number>
Number number(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    refuse("its CSV has \"" + text + "\" for a number");
  return value;
}

class Versions {
 public:
  explicit Versions(const std::string& csv) : rows_(rows_of(csv)) {
    if (rows_.empty()) refuse("it wrote no CSV");
  }

  std::size_t count() const { return rows_.size() - 1; }

  const std::string& field(std::size_t version, std::string_view column) const {
    const Row& header = rows_.front();
    const auto found = std::find(header.begin(), header.end(), column);
    const auto place = static_cast<std::size_t>(found - header.begin());
    const Row& row = rows_[version + 1];
    if (found == header.end() || place >= row.size()) refuse(fmt::format("its CSV has no \"{}\"", column));
    return row[place];
  }

  /// kNever for one that is lost.
  Duration latency(std::size_t version) const {
    if (field(version, "end") != "committed") return kNever;
    return std::llround(number<double>(field(version, "latency_ms")) * static_cast<double>(kMillisecond));
  }

 private:
  std::vector<Row> rows_;
};

template <typename Value>
void same(std::string_view what, const Value& there, const Value& here) {
  if (there != here) refuse(fmt::format("it ran with {} {}, not {}", what, there, here));
}

std::optional<measure::Lag> lag_of(const Json& result) {
  const Json& lag = result.at("lag_ms");
  if (lag.is_null()) return {};
  const auto span = [&](const char* key) {
    return static_cast<Duration>(std::llround(lag.at(key).get<double>() * static_cast<double>(kMillisecond)));
  };
  return measure::Lag{span("p50"), span("p99"), span("max")};
}

}  // namespace

RunOutput read_run(const std::string& json, const std::string& csv, const scenario::Scenario& scenario,
                   const std::vector<Duration>& bounds) {
  const Json result = Json::parse(json);
  same("schema", result.at("schema").get<std::string>(), std::string("hearsay/result/1"));
  same("world", result.at("world").get<std::string>(), scenario.world);
  same("seed", result.at("seed").get<std::uint64_t>(), scenario.seed);
  same("nodes", result.at("nodes").get<std::uint64_t>(), std::uint64_t{scenario.cluster.nodes});
  if (result.at("interrupted").get<bool>()) refuse("its run was interrupted");
  const Versions versions(csv);
  same("versions", std::uint64_t{versions.count()}, scenario.publish.versions);
  const bool by_run = result.at("unit").get<std::string>() == "run";
  RunOutput output{.sample = {.seed = scenario.seed,
                              .runs = 1,
                              .versions = scenario.publish.versions,
                              .unit = by_run ? measure::Unit::run : measure::Unit::version,
                              .sent = {0},
                              .learnings = {0}},
                   .lag = lag_of(result)};
  for (std::size_t version = 0; version < versions.count(); ++version) {
    const Duration latency = versions.latency(version);
    output.sample.committed.push_back(latency != kNever);
    for (const Duration bound : bounds) output.sample.within[bound].push_back(latency <= bound);
    output.sample.sent[0] += number<std::uint64_t>(versions.field(version, "sent"));
    output.sample.learnings[0] += number<std::uint64_t>(versions.field(version, "learnings"));
  }
  return output;
}

}  // namespace hearsay::tools
