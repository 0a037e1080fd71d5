#include <fmt/format.h>

#include <exception>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "commit.hpp"
#include "tools/commands.hpp"

namespace hearsay::tools {
namespace {

#if defined(__clang__)
constexpr const char* kCompiler = "clang " __clang_version__;
#else
constexpr const char* kCompiler = "g++ " __VERSION__;
#endif

int complain(int exit_code, const std::string& what) {
  fmt::print(stderr, "{}\n", what);
  return exit_code;
}

int parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return kPass;
  } catch (const CLI::RequiredError& error) {
    if (argc == 1 || !app.get_subcommands().empty() || argv[1][0] == '-')
      return complain(kBadUsage, error.what());
    return complain(kBadUsage,
                    fmt::format("there is no command \"{}\"; there are run, up, list and init", argv[1]));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kPass : kBadUsage;
  }
}

int run(int argc, char** argv) {
  CLI::App app(
      "Fault-injection chaos testing for gossip: how much fault does it take before news stops "
      "reaching everyone?",
      "hearsay");
  app.set_version_flag("--version",
                       fmt::format("hearsay {} ({}, {})", HEARSAY_VERSION, HEARSAY_COMMIT, kCompiler));
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.footer(
      "Exit codes: 0 pass, 1 an expectation failed, 2 inconclusive, 64 bad usage or scenario, 69 cannot\n"
      "run here, 70 a bug in hearsay, 130 interrupted.");
  int exit_code = kPass;
  add_run(app, exit_code);
  add_up(app, exit_code);
  add_list(app, exit_code);
  add_init(app, exit_code);
  const int parsed = parse(app, argc, argv);
  return parsed == kPass ? exit_code : parsed;
}

}  // namespace
}  // namespace hearsay::tools

int main(int argc, char** argv) {
  using namespace hearsay;
  try {
    return tools::run(argc, argv);
  } catch (const InputError& error) {
    return tools::complain(tools::kBadUsage, error.what());
  } catch (const CannotRun& error) {
    return tools::complain(tools::kCannotRun, fmt::format("hearsay cannot run here: {}", error.what()));
  } catch (const std::bad_alloc&) {
    return tools::complain(tools::kCannotRun, "hearsay cannot run here: out of memory");
  } catch (const std::exception& error) {
    return tools::complain(tools::kBug, fmt::format("a bug in hearsay, please report it: {}", error.what()));
  }
}
