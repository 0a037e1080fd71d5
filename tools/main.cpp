#include <fmt/format.h>

#include <csignal>
#include <sstream>

#include "base/errors.hpp"
#include "commit.hpp"
#include "tools/annotate.hpp"
#include "tools/commands.hpp"
#include "tools/print.hpp"
#include "tools/unknown_word.hpp"

namespace hearsay::tools {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "g++ " __VERSION__;
#endif

/// `lines` without what ends the last one.
std::string without_end(std::string lines) {
  if (lines.ends_with('\n')) lines.pop_back();
  return lines;
}

int parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return kPass;
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const bool asked_for = app.exit(error, out, err) == 0;
    if (!asked_for) throw InputError(unknown_word(app).value_or(without_end(err.str())));
    print(out.str());
    return kPass;
  }
}

int run(int argc, char** argv) {
  CLI::App app(
      "Fault-injection chaos testing for gossip: how much fault does it take before news stops "
      "reaching everyone?",
      "hearsay");
  const std::string program = fmt::format("hearsay {} ({})", HEARSAY_VERSION, HEARSAY_COMMIT);
  app.set_version_flag("--version",
                       fmt::format("hearsay {} ({}, {})", HEARSAY_VERSION, HEARSAY_COMMIT, kCompiler));
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.footer(
      "Exit codes: 0 pass, 1 an expectation failed, 2 inconclusive, 64 bad usage or scenario, 69 cannot\n"
      "run here, 70 a bug in hearsay, 130 interrupted.");
  int exit_code = kPass;
  add_run(app, exit_code);
  add_compare(app, exit_code);
  add_check(app, exit_code, program);
  add_sweep(app, exit_code, program);
  add_report(app, exit_code);
  add_limit(app, exit_code);
  add_up(app, exit_code);
  add_list(app, exit_code);
  add_init(app, exit_code);
  const int parsed = parse(app, argc, argv);
  return parsed == kPass ? exit_code : parsed;
}

}  // namespace
}  // namespace hearsay::tools

// A reader that hung up, or a file that has grown as far as it may, must be an error of one write, not the
// end of the program.
int main(int argc, char** argv) {
  using namespace hearsay::tools;
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  int exit_code = kPass;
  try {
    exit_code = run(argc, argv);
  } catch (...) {
    const Failure thrown = failure();
    tell(thrown.why + "\n" + annotations_of_failure());
    exit_code = thrown.exit_code;
  }
  return exit_code_of_output(exit_code);
}
