#include "tools/exit_code.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <new>
#include <system_error>

#include "base/errors.hpp"

namespace hearsay::tools {
namespace {

std::ptrdiff_t rank(int exit_code) {
  constexpr int kRanks[] = {kPass, kInconclusive, kFailed, kBadUsage, kCannotRun, kBug, kInterrupted};
  return std::find(std::begin(kRanks), std::end(kRanks), exit_code) - std::begin(kRanks);
}

Failure cannot_run(const std::string& why) { return {kCannotRun, "cannot run here: " + why}; }

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
    return {kBadUsage, error.what()};
  } catch (const CannotRun& error) {
    return cannot_run(error.what());
  } catch (const std::system_error& error) {
    return cannot_run(error.what());
  } catch (const std::bad_alloc&) {
    return cannot_run("out of memory");
  } catch (const std::exception& error) {
    return {kBug, std::string("a bug in hearsay, please report it: ") + error.what()};
  }
}

}  // namespace hearsay::tools
