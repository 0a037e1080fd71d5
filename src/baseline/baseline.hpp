#pragma once

// Baselines: how scenarios fared once, in a file made to be committed and read in a diff.
//
// Sorted JSON, one block a scenario, by its name:
//
//   schema      "hearsay/baseline/1", of the file
//   program     of the block: the version of Hearsay that measured it
//   world, nodes, versions, commit
//               what it measured; under others nothing can be compared
//   keys        every key of the scenario with its value, so that changed ones can be told
//   unit        "version" or "run": what is independent
//   runs, seed  of the first runs: so many, under seed, seed + 1, …; `fresh` has as many from 2^32 up
//   first, fresh
//               each with `committed`, `within` (for each judged bound), `sent` and `learned`, and `totals`
//
// `committed` and `within` say of each version, by run and then in order of publishing, whether it committed
// (in time): how many in a row did, how many then did not, and so on, beginning with those that did. `sent`
// (messages) and `learned` say it of each run: "3*751 748" is 751 three times, then 748.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "verdict/sample.hpp"

namespace hearsay::baseline {

inline constexpr std::string_view kSchema = "hearsay/baseline/1";
inline constexpr std::uint64_t kFirstFreshSeed = std::uint64_t{1} << 32;

/// What a program that reads a baseline can be asked to hold: versions of all runs of a sample, bounds that
/// are judged, bits of all samples of the file, bytes of the file.
inline constexpr std::uint64_t kMostTrials = 100'000'000;
inline constexpr std::size_t kMostBounds = 100;
inline constexpr std::uint64_t kMostBits = 1'000'000'000;
inline constexpr std::size_t kMostBytes = std::size_t{64} << 20;

/// Of kMostBits, what a sample of at most kMostTrials takes. Lines of what is alike are short, however much
/// they are of.
constexpr std::uint64_t bits_of_sample(std::uint64_t runs, std::uint64_t versions, std::uint64_t bounds) {
  constexpr std::uint64_t kWord = 64;
  return runs * (versions * (1 + bounds) + 2 * kWord);
}

struct Block {
  std::string program;
  std::string world;
  std::string commit;  ///< "all" or "alive"
  std::uint32_t nodes = 0;
  std::map<std::string, std::string> keys = {};
  verdict::Sample first = {};
  verdict::Sample fresh = {};  ///< from kFirstFreshSeed up, with the same runs, versions, unit and bounds
};

/// By the names of their scenarios.
using Baseline = std::map<std::string, Block>;

/// Reads the file at `path`. Throws InputError for one that cannot be read, is no regular file or too large,
/// for what is no JSON (with line and column), and for what is no baseline or contradicts itself (with the
/// place in it).
Baseline read(const std::string& path);

/// The same from a text, called `file` in errors.
Baseline read_text(std::string_view text, const std::string& file);

/// As a text, which `read_text` reads back. Throws InputError for names and values that are not UTF-8.
std::string to_text(const Baseline& baseline);

/// Makes sure, before anything is measured, that `write` will find a place to write to, and that what is
/// there is a regular file. Throws InputError.
void check_writable(const std::string& path);

/// Writes the file at `path`, replacing all of what is there at once: whatever happens, there is the old one
/// or the new one. Throws CannotRun, and leaves the old one, if it cannot be.
void write(const std::string& path, const Baseline& baseline);

}  // namespace hearsay::baseline
