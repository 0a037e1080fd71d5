#pragma once

// From a file and all that it extends to one tree.

#include <filesystem>
#include <string>
#include <vector>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

struct Loaded {
  Table tree;
  std::vector<std::filesystem::path> files;  ///< all that were read, by their canonical paths
};

/// The tree of the file at `path` laid over that of the file it extends, and so on. A base gives no `name`.
/// Throws InputError for files that cannot be read, are no regular files, are larger than 1 MiB or no TOML,
/// and for chains of more than 8 files or in a circle.
Loaded load(const std::filesystem::path& path);

}  // namespace hearsay::scenario
