#include <gmock/gmock.h>

#include <algorithm>

#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using ::testing::HasSubstr;

const std::string kHeader =
    "scenario,world,run,seed,version,end,published_ms,latency_ms,required,holding,learnings,sent,taken,"
    "refused\r\n";

TEST(Csv, OneRowAVersion) {
  Result result = lossy();
  result.outcome.versions = {committed(1, 2'011'201), lost(2, 48), {}};
  result.outcome.versions[1].run = 1;
  result.outcome.versions[1].taken = {{0, 31}, {2, 4}};
  result.outcome.versions[1].refused = 1;
  EXPECT_EQ(to_csv({result}),
            kHeader +
                "thirty percent loss,live,0,7,1,committed,1000,2011.201,50,50,50,750,0,0\r\n"
                "thirty percent loss,live,1,8,2,lost,2000,,50,48,48,780,35,1\r\n"
                "thirty percent loss,live,0,7,0,open,0,,0,0,0,0,0,0\r\n");
}

TEST(Csv, AllResultsUnderOneHeader) {
  const std::string text = to_csv({lossy(), unsettled()});
  EXPECT_EQ(text.find("scenario,"), text.rfind("scenario,"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 20 + 1);
  EXPECT_EQ(to_csv(std::vector<Result>{}), kHeader);
}

TEST(Csv, QuotesWhatWouldBreakARow) {
  Result result = unsettled();
  result.scenario.name = "a, \"b\"\nc";
  EXPECT_THAT(to_csv({result}), HasSubstr("\r\n\"a, \"\"b\"\"\nc\",sim,"));
}

TEST(Formats, EveryFormatWritesResults) {
  std::vector<std::string_view> names;
  for (const Format& format : formats()) {
    names.push_back(format.name);
    EXPECT_FALSE(format.summary.empty());
    EXPECT_THAT(format.write({.results = {lossy()}}), HasSubstr("thirty percent loss")) << format.name;
  }
  EXPECT_THAT(names, ::testing::ElementsAre("json", "csv", "junit", "markdown"));
}

}  // namespace
}  // namespace hearsay::report
