#include "store/checksum.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <bit>
#include <vector>

namespace hearsay::store {
namespace {

template <typename Record>
void add_all(Checksum& checksum, const std::vector<Record>& records) {
  checksum(records.size());
  for (const Record& record : records) each_column(record, checksum);
}

}  // namespace

void Checksum::operator()(const std::string& text) {
  add(text.size());
  bytes_ += text;
}

void Checksum::operator()(double real) { add(std::bit_cast<std::uint64_t>(real)); }

void Checksum::add(std::uint64_t word) {
  for (unsigned shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(word >> shift & 0xFF);
}

std::string Checksum::text() const {
  const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), bytes_.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string checksum_of(const Totals& totals, const measure::Outcome& outcome) {
  Checksum checksum;
  each_column(totals, checksum);
  add_all(checksum, outcome.versions);
  for (const measure::VersionRecord& version : outcome.versions) add_all(checksum, version.taken);
  add_all(checksum, outcome.faults);
  for (const measure::Evidence& fault : outcome.faults)
    for (const Tick at : fault.times) checksum(at);
  add_all(checksum, outcome.phases);
  return checksum.text();
}

}  // namespace hearsay::store
