#include "tools/annotate.hpp"

#include <cstdlib>
#include <string_view>

#include "base/errors.hpp"
#include "tools/exit_code.hpp"

namespace hearsay::tools {
namespace {

bool in_github_actions() {
  const char* told = std::getenv("GITHUB_ACTIONS");
  return told != nullptr && *told != '\0' && std::string_view(told) != "false";
}

}  // namespace

std::string annotations_of(const std::vector<report::TestSuite>& suites) {
  return in_github_actions() ? report::annotations(suites) : "";
}

std::string annotations_of_failure() {
  if (!in_github_actions()) return "";
  try {
    throw;
  } catch (const InputError& error) {
    return report::annotations(error);
  } catch (...) {
    return report::annotation(failure().why);
  }
}

}  // namespace hearsay::tools
