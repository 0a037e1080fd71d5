#pragma once

// Who may ask for what: pages of other origins may ask for nothing, and only who knows the token may change
// anything.

#include <optional>
#include <string>

#include "control/request.hpp"

namespace hearsay::control {

class Guard {
 public:
  /// `token` is what changes need, as `Authorization: Bearer TOKEN`; not empty.
  explicit Guard(std::string token) : token_(std::move(token)) {}

  /// Why the request is refused; nothing: it may go on.
  std::optional<Response> refusal(const Request& request) const;

 private:
  bool knows_token(const std::string& authorization) const;

  std::string token_;
};

/// A token that nobody guesses: 128 bits of the system's randomness, in hexadecimal.
std::string make_token();

}  // namespace hearsay::control
