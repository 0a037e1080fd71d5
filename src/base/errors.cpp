#include "base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hearsay {
namespace {

std::vector<Problem> sorted(std::vector<Problem> problems) {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return problems;
}

std::string lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += problem.where.file.empty() ? problem.what
                                       : fmt::format("{}: {}", to_string(problem.where), problem.what);
  }
  return text;
}

}  // namespace

std::string to_string(const Location& where) {
  if (where.line == 0) return where.file;
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(lines(sorted(problems))), problems_(sorted(std::move(problems))) {}

InputError::InputError(std::string what) : InputError(std::vector<Problem>{{{}, std::move(what)}}) {}

}  // namespace hearsay
