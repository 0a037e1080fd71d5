#pragma once

#include <nlohmann/json.hpp>

#include "report/report.hpp"

namespace hearsay::report {

/// The JSON object of one result, as the contract has it.
nlohmann::ordered_json result_object(const Result& result);

/// As text, for people too. File names may be any bytes; replacing the broken ones is better than no result
/// at all.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace hearsay::report
