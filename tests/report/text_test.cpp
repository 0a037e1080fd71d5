#include <gmock/gmock.h>

#include "report/table.hpp"
#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Text, ShowsAllOfALossyRun) {
  EXPECT_EQ(to_text(lossy(), {}), R"(thirty percent loss  (live, 50 nodes, seed 7, 31s)
  versions     20 published: 19 committed, 1 lost
  commit rate  95% (75.1267%..99.8735% at 95% confidence)
  latency      min 2.1112s, p50 3.1112s, p90 3.9112s, p99 lost, max lost
  coverage     99.8%
  messages     15030 sent = 10521 delivered + 4500 dropped + 9 failed + 0 in flight
               751.5 a version, redundancy 14.06
  lag          p50 120us, p99 1.5ms, max 20ms

  fault     kind   eligible   hit  observed  at 95% confidence  expected
  bad wifi  drop      15030  4500    29.94%  29.21%..30.68%          30%
  slow      delay         0     0         -                            -  off
  late      kill          0     0         -                            -  never opened

  lost version 7: reached 48 of 50 nodes, 2 lack it; "bad wifi" took 31 messages to them; 1 message to them failed

  ?  commit_rate >= 99%        19 of 20 versions committed
  ✗  commit_latency.max <= 8s  it is infinite, since a version was lost
  ✓  lost <= 1                 it is 1

  ?  fault "late" never hit: its window never opened

  verdict: fail
)");
}

TEST(Text, ShowsThatNothingHasSettled) {
  EXPECT_EQ(to_text(unsettled(), {}), R"(empty  (sim, 3 nodes, seed 1, 0s)
  versions     1 published: 0 committed, 0 lost, 1 open
  commit rate  no version has settled
  latency      no version has settled
  coverage     no version has settled
  messages     0 sent = 0 delivered + 0 dropped + 0 failed + 0 in flight
               0 a version, redundancy 0

  verdict: inconclusive
)");
}

TEST(Text, ShowsMergedRuns) {
  Result result = lossy();
  result.outcome.runs = 3;
  result.outcome.unit = measure::Unit::run;
  result.outcome.versions[6].run = 2;
  const std::string text = to_text(result, {});
  EXPECT_THAT(text, HasSubstr("(live, 50 nodes, 3 runs, seeds 7..9, 31s)"));
  EXPECT_THAT(text, HasSubstr("lost version 7 of seed 9: reached 48"));
  EXPECT_THAT(text, HasSubstr("at 95% confidence, each run one observation)"));
}

TEST(Text, ShowsEveryOtherCountOnlyWhereThereIsOne) {
  Result result = lossy();
  result.outcome.messages.duplicated = 5;
  result.outcome.messages.delayed = 6;
  result.outcome.messages.rejected = 7;
  result.outcome.messages.foreign = 8;
  EXPECT_THAT(to_text(result, {}), HasSubstr(", 5 duplicated, 6 delayed, 7 rejected, 8 foreign requests\n"));
}

TEST(Text, ShowsHowFarLostVersionsGot) {
  Result result = unsettled();
  result.outcome.versions = {lost(1, 0), lost(2, 50), lost(3, 49)};
  EXPECT_THAT(to_text(result, {}), HasSubstr("  lost version 1: never entered the cluster\n"
                                             "  lost version 2: reached every node, but too late\n"
                                             "  lost version 3: reached 49 of 50 nodes, 1 lack it\n"));
  EXPECT_THAT(to_text(result, {}), HasSubstr("3 lost (1 never entered)"));
}

TEST(Text, ShowsTenLostVersionsAndCountsTheRest) {
  Result result = unsettled();
  result.outcome.versions.assign(13, lost(1, 10));
  result.outcome.versions.back().version = 99;
  EXPECT_THAT(to_text(result, {}),
              HasSubstr("10 of 50 nodes, 40 lack it\n  and 3 more; the JSON and the CSV have all\n"));
  EXPECT_THAT(to_text(result, {}), Not(HasSubstr("lost version 99")));
}

TEST(Text, ShowsOfWhichPhaseAnExpectationIsAndThatItOnlyWarns) {
  Result result = lossy();
  result.judgement.expectations[0].during = "bad wifi";
  result.judgement.expectations[1].severity = scenario::Severity::warn;
  const std::string text = to_text(result, {});
  EXPECT_THAT(text, HasSubstr("  ?  commit_rate >= 99% during \"bad wifi\"  19 of 20"));
  EXPECT_THAT(text, HasSubstr("  !  commit_latency.max <= 8s (warn)       it is infinite"));
}

TEST(Text, ShowsWhenAFaultOnNodesActed) {
  Result result = lossy();
  measure::Evidence& kill = result.outcome.faults[2];
  kill.opened = true;
  for (const Tick at : {3, 4, 5}) kill.add_time(at * kSecond);
  EXPECT_THAT(to_text(result, {}), HasSubstr(" at 3s, 4s, 5s\n"));
  kill.add_time(6 * kSecond);
  EXPECT_THAT(to_text(result, {}), HasSubstr(" at 3s, 4s, 5s, … 4 in all\n"));
  result.outcome.runs = 2;
  EXPECT_THAT(to_text(result, {}), HasSubstr(" at 4 instants\n"));
}

TEST(Text, ABugIsShownAsOne) {
  Result result = lossy();
  result.judgement.bugs = {"fault \"bad wifi\" hit too much"};
  EXPECT_THAT(to_text(result, {}),
              HasSubstr("  ✗  a bug in hearsay, please report it: fault \"bad wifi\" hit too much\n"));
}

TEST(Text, ColoursOnlyWhereAsked) {
  EXPECT_THAT(to_text(lossy(), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(summary_table({lossy()}, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(to_text(lossy(), {true}), HasSubstr("verdict: \x1b[31mfail\x1b[0m"));
  EXPECT_THAT(to_text(lossy(), {true}), HasSubstr("\x1b[32m✓\x1b[0m  lost <= 1 "));
  EXPECT_THAT(to_text(lossy(), {true}), HasSubstr("\x1b[33m?\x1b[0m  fault"));
}

TEST(Text, ColoursTakeNoRoom) {
  std::string plain = summary_table({lossy(), unsettled()}, {true});
  for (const std::string code : {"\x1b[31m", "\x1b[33m", "\x1b[0m"}) {
    for (auto at = plain.find(code); at != std::string::npos; at = plain.find(code))
      plain.erase(at, code.size());
  }
  EXPECT_EQ(plain, summary_table({lossy(), unsettled()}, {}));
}

TEST(Text, ControlCharactersOfNamesAreShownNotObeyed) {
  Result result = lossy();
  result.scenario.name = "a\x1b[2Jb\nc";
  EXPECT_THAT(to_text(result, {}), HasSubstr("a\\u001b[2Jb\\nc  ("));
  EXPECT_THAT(summary_table({result}, {}), HasSubstr("a\\u001b[2Jb\\nc  live"));
}

TEST(Text, LongNamesAreShownWhole) {
  Result result = lossy();
  result.scenario.name = std::string(200, 'n');
  result.judgement.expectations[0].that = std::string(200, 'e');
  EXPECT_THAT(to_text(result, {}), AllOf(HasSubstr(std::string(200, 'n')), HasSubstr(std::string(200, 'e'))));
  EXPECT_THAT(summary_table({result}, {}), HasSubstr(std::string(200, 'n')));
}

TEST(SummaryTable, OneLineAResult) {
  EXPECT_EQ(
      summary_table({lossy(), unsettled()}, {}),
      "verdict       scenario             world  runs  committed  rate      p50   p99   sent  unit\n"
      "fail          thirty percent loss  live      1      19/20   95%  3.1112s  lost  15030  version\n"
      "inconclusive  empty                sim       1        0/1     -        -     -      0  version\n");
}

TEST(Table, AlignsByCharactersNotBytes) {
  Table table({{"näme", Align::left}, {"n", Align::right}});
  table.add({"ö", "1"});
  table.add({"longer", "200"});
  EXPECT_EQ(table.text("> "),
            "> näme      n\n"
            "> ö         1\n"
            "> longer  200\n");
}

TEST(Table, HasNoHeaderLineWithoutHeaders) {
  Table table({{"", Align::left}, {"", Align::left}});
  table.add({"a", ""});
  EXPECT_EQ(table.text(""), "a\n");
}

}  // namespace
}  // namespace hearsay::report
