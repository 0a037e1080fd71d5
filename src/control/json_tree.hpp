#pragma once

// JSON as the tree that the scenario reader reads, so that what is posted meets the same checks as a file.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "scenario/tree.hpp"

namespace hearsay::control {

/// Reads one JSON object; every place in it is its JSON pointer (RFC 6901), "/probability". Throws InputError
/// for what is no JSON, no object, holds a key twice, a number beyond any double, or nests deeper than 16.
scenario::Table parse_object(std::string_view text);

/// Back again. Members come in order of their keys.
nlohmann::ordered_json to_json(const scenario::Table& table);

}  // namespace hearsay::control
