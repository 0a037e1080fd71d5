#include <fmt/format.h>

#include "report/test_suite.hpp"

namespace hearsay::report {
namespace {

using End = TestCase::End;

/// As the runner reads it back: what ends a line, and the sign that escapes; of a property what ends that,
/// too.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char letter : text) {
    if (special.find(letter) == std::string_view::npos)
      out += letter;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return out;
}

std::string message(std::string_view text) { return escaped(text, "%\r\n"); }

std::string property(std::string_view text) { return escaped(text, "%\r\n:,"); }

std::string place(const Location& where) {
  if (where.file.empty()) return "";
  std::string text = "file=" + property(where.file);
  if (where.line > 0) text += fmt::format(",line={},col={}", where.line, where.column);
  return text + ",";
}

std::string command(std::string_view name, const Location& where, std::string_view title,
                    std::string_view text) {
  return fmt::format("::{} {}title={}::{}\n", name, place(where), property(title), message(text));
}

}  // namespace

std::string annotations(const std::vector<TestSuite>& suites) {
  std::string text;
  for (const TestSuite& suite : suites)
    for (const TestCase& test : suite.cases)
      if (test.end != End::pass && test.end != End::skipped)
        text += command(test.end == End::warned ? "warning" : "error", test.where, suite.name,
                        fmt::format("{}: {}: {}", test.name, test.type, test.message));
  return text;
}

std::string annotations(const InputError& error) {
  std::string text;
  for (const Problem& problem : error.problems()) {
    const bool of_an_option = problem.where.file.starts_with("--");
    text += of_an_option ? command("error", {}, "hearsay", to_string(problem.where) + ": " + problem.what)
                         : command("error", problem.where, "hearsay", problem.what);
  }
  return text;
}

std::string annotation(std::string_view what) { return command("error", {}, "hearsay", what); }

}  // namespace hearsay::report
