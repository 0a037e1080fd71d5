#include "tools/exit_code.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <new>
#include <system_error>
#include <vector>

#include "base/check.hpp"
#include "base/errors.hpp"

namespace hearsay::tools {
namespace {

TEST(ExitCode, TheWorseOfTwoIsTheOneThatRanksHigher) {
  const std::vector<int> ascending = {kPass, kInconclusive, kFailed, kCannotRun, kBug, kInterrupted};
  for (std::size_t i = 0; i < ascending.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      EXPECT_EQ(worse(ascending[i], ascending[j]), ascending[i]);
      EXPECT_EQ(worse(ascending[j], ascending[i]), ascending[i]);
    }
}

int exit_code_of_a(verdict::Verdict verdict, const std::vector<std::string>& bugs = {}) {
  verdict::Judgement judgement;
  judgement.verdict = verdict;
  judgement.bugs = bugs;
  return exit_code_of(judgement);
}

TEST(ExitCode, OfAResultIsItsVerdictUnlessItShowsABug) {
  EXPECT_EQ(exit_code_of_a(verdict::Verdict::pass), kPass);
  EXPECT_EQ(exit_code_of_a(verdict::Verdict::fail), kFailed);
  EXPECT_EQ(exit_code_of_a(verdict::Verdict::inconclusive), kInconclusive);
  EXPECT_EQ(exit_code_of_a(verdict::Verdict::fail, {"odd"}), kBug);
}

Failure failure_of(const std::function<void()>& work) {
  try {
    work();
  } catch (...) {
    return failure();
  }
  return {};
}

TEST(Failure, IsWhatTheExceptionMeans) {
  EXPECT_EQ(failure_of([] { throw InputError("wrong"); }).exit_code, kBadUsage);
  EXPECT_EQ(failure_of([] { throw InputError("wrong"); }).why, "wrong");
  EXPECT_EQ(failure_of([] { throw CannotRun("no"); }).exit_code, kCannotRun);
  EXPECT_EQ(failure_of([] { throw CannotRun("no"); }).why, "cannot run here: no");
  EXPECT_EQ(failure_of([] { throw std::bad_alloc(); }).exit_code, kCannotRun);
  EXPECT_EQ(failure_of([] { throw std::bad_alloc(); }).why, "cannot run here: out of memory");
  EXPECT_EQ(failure_of([] { throw std::system_error(EAGAIN, std::generic_category()); }).exit_code,
            kCannotRun);
  EXPECT_EQ(failure_of([] { throw Bug("odd"); }).exit_code, kBug);
  EXPECT_EQ(failure_of([] { throw Bug("odd"); }).why, "a bug in hearsay, please report it: odd");
  EXPECT_EQ(failure_of([] { throw std::out_of_range("odd"); }).exit_code, kBug);
}

TEST(Failure, MayHaveManyLines) {
  const std::string lines(200'000, '\n');
  EXPECT_EQ(failure_of([&] { throw InputError(lines); }).why, lines);
}

TEST(Failure, CommandsNoTerminal) {
  EXPECT_EQ(failure_of([] { throw InputError("a\x1b[31m.toml:1\nb\r.toml"); }).why,
            "a\\u001b[31m.toml:1\nb\\u000d.toml");
  EXPECT_EQ(failure_of([] { throw InputError("a\r\x80\x9b.toml"); }).why, "a\\u000d\\u0080\\u009b.toml");
  EXPECT_EQ(failure_of([] { throw CannotRun("\x07\n"); }).why, "cannot run here: \\u0007\n");
}

}  // namespace
}  // namespace hearsay::tools
