#include "store/checksum.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <array>
#include <bit>
#include <new>
#include <vector>

namespace hearsay::store {
namespace {

template <typename Record>
void add_all(Checksum& checksum, const std::vector<Record>& records) {
  checksum(records.size());
  for (const Record& record : records) each_column(record, checksum);
}

}  // namespace

void Checksum::Free::operator()(XXH3_state_s* state) const { XXH3_freeState(state); }

Checksum::Checksum() : state_(XXH3_createState()) {
  if (!state_) throw std::bad_alloc();
  XXH3_128bits_reset(state_.get());
}

void Checksum::operator()(const std::string& text) {
  add(text.size());
  XXH3_128bits_update(state_.get(), text.data(), text.size());
}

void Checksum::operator()(double real) { add(std::bit_cast<std::uint64_t>(real)); }

void Checksum::add(std::uint64_t word) {
  std::array<unsigned char, sizeof word> bytes;
  for (unsigned char& byte : bytes) {
    byte = static_cast<unsigned char>(word & 0xFF);
    word >>= 8;
  }
  XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
}

std::string Checksum::text() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
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
