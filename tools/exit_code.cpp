#include "tools/exit_code.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <new>
#include <string_view>
#include <system_error>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "scenario/text.hpp"

namespace hearsay::tools {
namespace {

std::ptrdiff_t rank(int exit_code) {
  constexpr int kRanks[] = {kPass, kInconclusive, kFailed, kBadUsage, kCannotRun, kBug, kInterrupted};
  return std::find(std::begin(kRanks), std::end(kRanks), exit_code) - std::begin(kRanks);
}

/// The names of files may hold what a terminal takes for a command.
std::string on_a_terminal(std::string_view text) {
  std::string shown;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    shown += scenario::escaped(text.substr(0, end)) + '\n';
  return shown + scenario::escaped(text);
}

Failure cannot_run(std::string_view why) { return {kCannotRun, "cannot run here: " + on_a_terminal(why)}; }

}  // namespace

int worse(int one, int other) { return rank(one) < rank(other) ? other : one; }

int exit_code_of(const verdict::Judgement& judgement) {
  if (!judgement.bugs.empty()) return kBug;
  switch (judgement.verdict) {
    case verdict::Verdict::pass:
      return kPass;
    case verdict::Verdict::fail:
      return kFailed;
    case verdict::Verdict::inconclusive:
      break;
  }
  return kInconclusive;
}

Failure failure() {
  try {
    throw;
  } catch (const InputError& error) {
    return {kBadUsage, on_a_terminal(error.what())};
  } catch (const CannotRun& error) {
    return cannot_run(error.what());
  } catch (const std::system_error& error) {
    return cannot_run(error.what());
  } catch (const std::bad_alloc&) {
    return cannot_run("out of memory");
  } catch (const std::exception& error) {
    return {kBug, on_a_terminal(bug_report(error.what()))};
  }
}

}  // namespace hearsay::tools
