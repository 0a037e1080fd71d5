// Whatever text is given as a scenario, and whatever follows a NUL in it as a --set: a scenario or an
// InputError that says something, never anything else.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"
#include "faults/kinds.hpp"
#include "scenario/reader.hpp"
#include "tests/support/written.hpp"
#include "verdict/verdict.hpp"

namespace {

using namespace hearsay;

void read_everything(std::string_view text, const std::vector<std::string>& settings) {
  static const scenario::Known known = testing::all_known();
  const scenario::Scenario read = scenario::read_text(text, "fuzz.toml", known, settings);
  static_cast<void>(faults::problems(read));

  const std::vector<std::string> names = scenario::names(read.faults);
  for (const scenario::Expectation& expectation : read.expectations)
    static_cast<void>(verdict::parse_condition(expectation.that, expectation.where, names));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  const std::size_t end = input.find('\0');
  const std::string_view text = std::string_view(input).substr(0, end);
  std::vector<std::string> settings;
  if (end != std::string::npos) settings.push_back(input.substr(end + 1));

  try {
    read_everything(text, settings);
  } catch (const InputError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
  return 0;
}
