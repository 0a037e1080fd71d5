#include "report/markdown.hpp"

#include <gmock/gmock.h>

#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Markdown, ShowsVerdictsExpectationsEvidenceAndHowToRepeat) {
  Result result = lossy();
  result.command = "hearsay run scenarios/loss-30.toml --world live --seed 7";
  EXPECT_EQ(to_markdown(Results{.results = {result}}),
            R"(| verdict | scenario | world | runs | committed | rate | p50 | p99 | sent | unit |
| :--- | :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: | :--- |
| fail | thirty percent loss | live | 1 | 19/20 | 95% | 3.1112s | lost | 15030 | version |

### thirty percent loss: fail

|  |  |  |
| :--- | :--- | :--- |
| ? | commit\_rate \>= 99% | 19 of 20 versions committed |
| ✗ | commit\_latency.max \<= 8s | it is infinite, since a version was lost |
| ✓ | lost \<= 1 | it is 1 |

| fault | kind | eligible | hit | observed | at 95% confidence | expected |  |
| :--- | :--- | ---: | ---: | ---: | :--- | ---: | :--- |
| bad wifi | drop | 15030 | 4500 | 29.94% | 29.21%..30.68% | 30% |  |
| slow | delay | 0 | 0 | - |  | - | off |
| late | kill | 0 | 0 | - |  | - | never opened |

- fault "late" never hit: its window never opened

- lost version 7: reached 48 of 50 nodes, 2 lack it; "bad wifi" took 31 messages to them; 1 message to them failed

To repeat:

```
hearsay run scenarios/loss-30.toml --world live --seed 7
```
)");
}

TEST(Markdown, HostileNamesBreakNothing) {
  Result result = lossy();
  result.scenario.name = "a|b `c`\n# d <img src=x> [e](f) $g$ \\ \x1b[31m";
  result.judgement.expectations[0].that = "x | y";
  result.judgement.expectations[0].why = "one\r\ntwo | three";
  result.outcome.faults[0].name = "*|*";
  result.command = "hearsay run '```\n| a |'";
  const std::string text = to_markdown(Results{.results = {result}});
  EXPECT_THAT(
      text, HasSubstr("| a\\|b \\`c\\`\\\\n\\# d \\<img src=x\\> \\[e\\](f) \\$g\\$ \\\\ \\\\u001b\\[31m |"));
  EXPECT_THAT(text, HasSubstr("\n### a\\|b"));
  EXPECT_THAT(text, AllOf(HasSubstr("| x \\| y | one  two \\| three |"), HasSubstr("| \\*\\|\\* | drop |")));
  EXPECT_THAT(text, HasSubstr("\n````\nhearsay run '```\n| a |'\n````\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Markdown, TellsWhatHasNoResult) {
  Missing taken;
  taken.scenario.name = "taken";
  taken.why = "cannot run here: port 8000 is taken";
  Missing left_out;
  left_out.scenario.name = "left out";
  EXPECT_THAT(to_markdown(Results{.results = {}, .missing = {taken, left_out}}),
              AllOf(HasSubstr("### taken: no result\n\n- cannot run here: port 8000 is taken\n"),
                    HasSubstr("### left out: not run\n")));
  EXPECT_THAT(to_markdown(Results{}), IsEmpty());
}

TEST(Markdown, AFenceIsLongerThanAnyWithin) {
  EXPECT_EQ(markdown_code("a"), "\n```\na\n```\n");
  EXPECT_THAT(markdown_code("````"), StartsWith("\n`````\n"));
}

}  // namespace
}  // namespace hearsay::report
