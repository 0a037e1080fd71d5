#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/errors.hpp"
#include "base/ids.hpp"
#include "baseline/baseline.hpp"
#include "baseline/json_object.hpp"
#include "baseline/run_lengths.hpp"
#include "baseline/totals.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::baseline {
namespace {

namespace fs = std::filesystem;
using scenario::quote;
using verdict::Sample;

constexpr std::uint64_t kMostRuns = 1'000'000;

std::vector<bool> flags(const Object& object, const std::string& key, std::uint64_t count) {
  auto found = decoded_flags(object.text(key), count);
  if (!found)
    object.refuse(key, fmt::format("must be the lengths of rows that add up to {} versions, such as \"{}\"",
                                   count, count));
  return *std::move(found);
}

std::vector<std::uint64_t> values(const Object& object, const std::string& key, std::uint64_t count) {
  auto found = decoded_values(object.text(key), count);
  if (!found)
    object.refuse(key, fmt::format("must be {} numbers, one a run, such as \"{}*751\"", count, count));
  return *std::move(found);
}

void read_bounds(const Object& within, Sample& sample) {
  within.each([&](const std::string& key, const std::string& place, const nlohmann::json&) {
    const std::optional<Duration> bound = scenario::parse_duration(key);
    if (!bound) throw InputError(place + ": is no duration; write a number and a unit, as 5s");
    if (sample.within.contains(*bound)) throw InputError(place + ": is there twice, in another unit");
    sample.within[*bound] = flags(within, key, sample.trials());
  });
}

/// Before any memory is taken.
void check_size(const Object& within, const Sample& sample, std::uint64_t& bits_left) {
  if (within.size() > kMostBounds)
    throw InputError(fmt::format("{}: has {} bounds; at most {} are possible", within.place(), within.size(),
                                 kMostBounds));
  const std::uint64_t bits = bits_of_sample(sample.runs, sample.versions, within.size());
  if (bits > bits_left)
    throw InputError(
        fmt::format("{}: has {} lines of {} versions; with what comes before it the baseline is "
                    "larger than is possible",
                    within.place(), within.size(), sample.trials()));
  bits_left -= bits;
}

/// A line that was changed by hand, or by a merge, shows in what it no longer adds up to.
void check_total(const Object& totals, const std::string& key, std::uint64_t sum) {
  const std::uint64_t written = totals.number(key, 0, ~std::uint64_t{0});
  if (written != sum) totals.refuse(key, fmt::format("is {}, but the lines add up to {}", written, sum));
}

void check_totals(const Object& totals, const Sample& sample) {
  totals.allow({"committed", "within", "sent", "learned"});
  check_total(totals, "committed", total(sample.committed));
  check_total(totals, "sent", total(sample.sent));
  check_total(totals, "learned", total(sample.learnings));
  const Object within = totals.object("within");
  for (const auto& [bound, in_time] : sample.within)
    check_total(within, scenario::format_duration(bound), total(in_time));
}

/// `sample` knows its seed, unit and size.
void read_sample(const Object& object, Sample& sample, std::uint64_t& bits_left) {
  object.allow({"committed", "within", "sent", "learned", "totals"});
  const Object within = object.object("within");
  check_size(within, sample, bits_left);
  sample.committed = flags(object, "committed", sample.trials());
  read_bounds(within, sample);
  sample.sent = values(object, "sent", sample.runs);
  sample.learnings = values(object, "learned", sample.runs);
  check_totals(object.object("totals"), sample);
}

std::string one_of(const Object& object, const std::string& key, std::string_view one,
                   std::string_view other) {
  std::string text = object.text(key);
  if (text != one && text != other)
    object.refuse(key, fmt::format("must be {}, not {}", scenario::listed({one, other}, "or"),
                                   quote(scenario::shortened(text))));
  return text;
}

std::map<std::string, std::string> read_keys(const Object& keys) {
  std::map<std::string, std::string> all;
  keys.each(
      [&](const std::string& key, const std::string&, const nlohmann::json&) { all[key] = keys.text(key); });
  return all;
}

Block read_block(const Object& object, std::uint64_t& bits_left) {
  object.allow(
      {"program", "world", "commit", "nodes", "versions", "runs", "seed", "unit", "keys", "first", "fresh"});
  Block block{.program = object.text("program"),
              .world = object.text("world"),
              .commit = one_of(object, "commit", "all", "alive"),
              .nodes = static_cast<std::uint32_t>(object.number("nodes", 1, kMaxNodes)),
              .keys = read_keys(object.object("keys"))};
  Sample size{.seed = object.number("seed", 0, kFirstFreshSeed),
              .runs = static_cast<std::uint32_t>(object.number("runs", 1, kMostRuns)),
              .versions = object.number("versions", 1, kMostTrials)};
  if (size.runs * size.versions > kMostTrials)
    object.refuse("runs", fmt::format("times \"versions\" is {}; at most {} are possible",
                                      size.runs * size.versions, kMostTrials));
  if (one_of(object, "unit", "version", "run") == "run") size.unit = measure::Unit::run;
  block.first = block.fresh = size;
  block.fresh.seed = kFirstFreshSeed;
  read_sample(object.object("first"), block.first, bits_left);
  read_sample(object.object("fresh"), block.fresh, bits_left);
  return block;
}

/// Why a file is not even to be opened: a pipe or a device may never end. Empty for a regular file.
std::string unfit(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return "no such file; --update writes it";
  if (error) return "cannot be read: " + error.message();
  return fs::is_regular_file(status) ? "" : "must be a regular file";
}

}  // namespace

Baseline read_text(std::string_view text, const std::string& file) {
  const nlohmann::json json = parse_json(text, file);
  const Object object(json, file);
  if (!json.contains("schema"))
    throw InputError(
        fmt::format("{}: is no baseline: it has no \"schema\", which must be \"{}\"", file, kSchema));
  if (object.text("schema") != kSchema)
    object.refuse("schema",
                  fmt::format("must be \"{}\", not {}; measure anew with --update into another file", kSchema,
                              quote(scenario::shortened(object.text("schema")))));
  object.allow({"schema", "scenarios"});
  Baseline baseline;
  std::uint64_t bits_left = kMostBits;
  const Object scenarios = object.object("scenarios");
  scenarios.each([&](const std::string& name, const std::string&, const nlohmann::json&) {
    baseline.emplace(name, read_block(scenarios.object(name), bits_left));
  });
  return baseline;
}

Baseline read(const std::string& path) {
  const std::string why = unfit(path);
  if (!why.empty()) scenario::fail({path}, why);
  std::ifstream in(path, std::ios::binary);
  if (!in) scenario::fail({path}, "cannot be read: " + std::generic_category().message(errno));
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > kMostBytes)
    scenario::fail({path}, error ? "cannot be read: " + error.message()
                                 : fmt::format("is larger than {} MiB", kMostBytes >> 20));
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) scenario::fail({path}, "cannot be read");
  return read_text(text, path);
}

}  // namespace hearsay::baseline
