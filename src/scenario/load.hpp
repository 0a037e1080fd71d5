#pragma once

// From a file and all that it extends to one tree.

#include <filesystem>
#include <string>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// The tree of the file at `path` laid over that of the file it extends, and so on. A base gives no `name`.
/// Throws InputError for files that cannot be read, are no regular files, are larger than 1 MiB or no TOML,
/// and for chains of more than 8 files or in a circle.
Table load(const std::filesystem::path& path);

}  // namespace hearsay::scenario
