#pragma once

// What a scenario says, key by key, so that two of them can be told apart by name.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// Every key of a tree with its value as text: "gossip.fanout" → "3", "fault.bad wifi.to" → "[1, 4]". Tables
/// in arrays are called by their `name`, else by their number from 1: "expect.1.that". Tables without keys
/// are keys themselves.
std::map<std::string, std::string> keys_of(const Table& tree);

/// Those of the file at `path` as `read` takes it: over what it extends, `settings` on top. Throws InputError
/// as that does, but what keys and values mean is not checked.
std::map<std::string, std::string> keys_of(const std::filesystem::path& path,
                                           const std::vector<std::string>& settings);

}  // namespace hearsay::scenario
