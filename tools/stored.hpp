#pragma once

// What a store shows.

#include <string>
#include <vector>

#include "store/store.hpp"
#include "tools/rows.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {

/// Settings as a store has them, and back.
store::Settings to_store(const std::vector<report::Setting>& settings);
std::vector<report::Setting> from_store(const store::Settings& settings);

/// The files that a store is made of while it is used; no output may be one of them.
std::vector<std::string> files_of_store(const std::string& path);

/// "my.toml: 13 cells, seed 1, world sim, 10 versions, 20 runs each", without an end of line.
std::string headline(const store::Plan& plan, const std::vector<Variant>& cells);

/// Says and writes the finished ones of a store's cells, set against that at `reference`, as `compare` does
/// its rows, and how to go on should some be missing; the same whenever it is called, as long as the store is
/// the same. Returns the exit code. Throws InputError for results that are damaged.
int show(store::Store& store, const std::vector<Variant>& cells, std::size_t reference,
         const RowOptions& options);

}  // namespace hearsay::tools
