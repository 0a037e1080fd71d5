#pragma once

#include <string>

#include "verdict/verdict.hpp"

namespace hearsay::tools {

/// What the program ends with. Of several results the rank is interrupted, bug, cannot_run, failed,
/// inconclusive, pass.
enum ExitCode : int {
  kPass = 0,
  kFailed = 1,
  kInconclusive = 2,
  kBadUsage = 64,
  kCannotRun = 69,
  kBug = 70,
  kInterrupted = 130,
};

/// The one that ranks higher.
int worse(int one, int other);

/// What a result means: a bug, if it shows one, else its verdict.
int exit_code_of(const verdict::Judgement& judgement);

/// What an exception means to the user.
struct Failure {
  int exit_code;
  std::string why;
};

/// Of the exception that is being handled.
Failure failure();

}  // namespace hearsay::tools
