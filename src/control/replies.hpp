#pragma once

// The answers of the control interface, all of one form.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"
#include "control/request.hpp"

namespace hearsay::control {

Response ok(const nlohmann::ordered_json& value, int status = 200);

/// {"errors": [{"what": …, "where": …, "allowed": …}]}
Response error(int status, std::string_view what, std::string_view where, std::string_view allowed);

/// Throws an InputError of one problem.
[[noreturn]] void refuse(std::string where, std::string what, std::string allowed);

/// The same as `error` for bad input, all that is wrong with it.
Response bad_input(const std::vector<Problem>& problems);

}  // namespace hearsay::control
