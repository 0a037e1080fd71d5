#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "report/test_suite.hpp"
#include "tests/report/results.hpp"
#include "tests/support/junit.hpp"

namespace hearsay::report {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

/// JUnit XML that Jenkins and GitLab accept, read back.
class Xml {
 public:
  explicit Xml(const std::string& text) {
    EXPECT_THAT(hearsay::testing::junit_violations(text), IsEmpty()) << text;
    document_.load_buffer(text.data(), text.size());
  }

  explicit Xml(const Results& results) : Xml(to_junit(results)) {}

  std::vector<pugi::xml_node> suites() const {
    const auto found = document_.child("testsuites").children("testsuite");
    return {found.begin(), found.end()};
  }

  pugi::xml_node test(const char* name, std::size_t suite = 0) const {
    return suites().at(suite).find_child_by_attribute("testcase", "name", name);
  }

  std::string property(const char* name) const {
    return suites()
        .at(0)
        .child("properties")
        .find_child_by_attribute("name", name)
        .attribute("value")
        .value();
  }

 private:
  pugi::xml_document document_;
};

std::string text_of(const pugi::xml_node& node) { return node.text().get(); }

TEST(Junit, AnExpectationIsATestCase) {
  const Xml xml({.results = {lossy()}});
  const pugi::xml_node suite = xml.suites().at(0);
  EXPECT_STREQ(suite.attribute("name").value(), "thirty percent loss");
  EXPECT_STREQ(suite.attribute("file").value(), "scenarios/loss-30.toml");
  EXPECT_EQ(suite.attribute("tests").as_int(), 4);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(suite.attribute("errors").as_int(), 2);
  EXPECT_STREQ(xml.test("lost <= 1").attribute("classname").value(), "thirty percent loss");
}

TEST(Junit, FailIsAFailureInconclusiveAnErrorAndPassNone) {
  const Xml xml({.results = {lossy()}});
  const pugi::xml_node failure = xml.test("commit_latency.max <= 8s").child("failure");
  EXPECT_STREQ(failure.attribute("message").value(), "it is infinite, since a version was lost");
  EXPECT_STREQ(failure.attribute("type").value(), "fail");
  EXPECT_THAT(text_of(failure), HasSubstr("it is infinite"));
  const pugi::xml_node error = xml.test("commit_rate >= 99%").child("error");
  EXPECT_STREQ(error.attribute("type").value(), "inconclusive");
  EXPECT_THAT(text_of(error), HasSubstr("19 of 20 versions committed"));
  EXPECT_FALSE(xml.test("lost <= 1").child("failure"));
  EXPECT_FALSE(xml.test("lost <= 1").child("error"));
  EXPECT_THAT(text_of(xml.test("lost <= 1").child("system-out")), HasSubstr("it is 1"));
}

TEST(Junit, AWarningIsNoFailureButIsTold) {
  Result result = lossy();
  for (verdict::Judged& judged : result.judgement.expectations) judged.severity = scenario::Severity::warn;
  result.judgement.reasons.clear();
  const Xml xml({.results = {result}});
  EXPECT_EQ(xml.suites().at(0).attribute("failures").as_int(), 0);
  EXPECT_EQ(xml.suites().at(0).attribute("errors").as_int(), 0);
  EXPECT_THAT(text_of(xml.test("commit_latency.max <= 8s (warn)").child("system-out")),
              AllOf(StartsWith("fail: "), HasSubstr("it is infinite")));
}

TEST(Junit, SeedAndCommandAreProperties) {
  Result result = lossy();
  result.command = "hearsay run 'a b.toml' --world live --seed 7";
  const Xml xml({.results = {result}});
  EXPECT_EQ(xml.property("seed"), "7");
  EXPECT_EQ(xml.property("command"), result.command);
  EXPECT_THAT(text_of(xml.test("commit_rate >= 99%").child("error")),
              HasSubstr("to repeat: " + result.command));
}

TEST(Junit, NoProblemIsInvisibleWithoutExpectations) {
  Result result = lossy();
  result.judgement.expectations.clear();
  const Xml xml({.results = {result}});
  EXPECT_THAT(text_of(xml.test("evidence").child("error")), HasSubstr("its window never opened"));
  EXPECT_EQ(xml.suites().at(0).attribute("errors").as_int(), 1);
}

TEST(Junit, ABugIsAnError) {
  Result result = lossy();
  result.judgement.bugs = {"fault \"bad wifi\" hit too often"};
  const Xml xml({.results = {result}});
  EXPECT_STREQ(xml.test("evidence").child("error").attribute("type").value(), "bug");
  EXPECT_THAT(text_of(xml.test("evidence").child("error")), HasSubstr("hit too often"));
}

TEST(Junit, ACleanResultWithoutExpectationsIsOneCaseThatPasses) {
  Result result = lossy();
  result.judgement = {};
  const Xml xml({.results = {result}});
  EXPECT_EQ(xml.suites().at(0).attribute("tests").as_int(), 1);
  EXPECT_TRUE(xml.test("evidence").first_child().empty());
}

TEST(Junit, WhatHasNoResultIsAnErrorAndWhatWasLeftOutIsSkipped) {
  Missing taken;
  taken.scenario.name = "taken";
  taken.why = "cannot run here: port 8000 is taken";
  Missing left_out;
  left_out.scenario.name = "left out";
  const Xml xml({.results = {lossy()}, .missing = {taken, left_out}});
  EXPECT_THAT(text_of(xml.test("evidence", 1).child("error")), HasSubstr("port 8000 is taken"));
  EXPECT_TRUE(xml.test("evidence", 2).child("skipped"));
}

TEST(Junit, TimeIsThatOfRealRuns) {
  const Xml real({.results = {lossy()}});
  EXPECT_STREQ(real.suites().at(0).attribute("time").value(), "31.000");
  EXPECT_STREQ(real.test("evidence").attribute("time").value(), "31.000");
  EXPECT_STREQ(real.test("lost <= 1").attribute("time").value(), "0.000");
  EXPECT_FALSE(Xml({.results = {unsettled()}}).suites().at(0).attribute("time"));
}

TEST(Junit, SuitesAndCasesOfOneNameAreToldApart) {
  Result result = lossy();
  result.judgement.expectations.push_back(result.judgement.expectations.front());
  Result third = lossy();
  third.scenario.name = "thirty percent loss (2)";
  const Xml xml({.results = {result, lossy(), third}});
  EXPECT_TRUE(xml.test("commit_rate >= 99% (2)"));
  EXPECT_STREQ(xml.suites().at(1).attribute("name").value(), "thirty percent loss (2)");
  EXPECT_STREQ(xml.suites().at(2).attribute("name").value(), "thirty percent loss (2) (2)");
}

TEST(Junit, HostileNamesComeBackAsTheyWere) {
  Result result = lossy();
  const std::string hostile = "<&\"'>]]><!-- ö 中 \xF0\x9F\x92\xA5 &#1;";
  result.scenario.name = hostile;
  result.scenario.file = hostile;
  result.command = hostile;
  result.judgement.expectations[0].that = hostile;
  result.judgement.expectations[0].why = hostile + "\nsecond line";
  const Xml xml({.results = {result}});
  EXPECT_EQ(xml.suites().at(0).attribute("name").value(), hostile);
  EXPECT_EQ(xml.property("command"), hostile);
  const pugi::xml_node error = xml.test(hostile.c_str()).child("error");
  EXPECT_EQ(error.attribute("message").value(), hostile + "\nsecond line");
  EXPECT_THAT(text_of(error), HasSubstr(hostile + "\nsecond line\n"));
}

TEST(Junit, WhatXmlCannotHoldIsShownByOtherMeans) {
  Result result = lossy();
  result.scenario.name = std::string("a\0b\x1B[31m\x7F\xC2\x85", 11);
  result.scenario.file = "\xFF\xC0\x80\xED\xA0\x80\xEF\xBF\xBF\xF4\x90\x80\x80\xE4\xB8";
  const std::string text = to_junit({.results = {result}});
  const Xml xml(text);
  EXPECT_STREQ(xml.suites().at(0).attribute("name").value(), "a\\u0000b\\u001b[31m\\u007f\\u0085");
  EXPECT_THAT(text, Not(HasSubstr("\xFF")));
  EXPECT_THAT(text, Not(HasSubstr("\xED\xA0\x80")));
  EXPECT_THAT(xml.suites().at(0).attribute("file").value(), StartsWith("\xEF\xBF\xBD\xEF\xBF\xBD"));
}

TEST(Junit, OfNothingIsWellFormed) { EXPECT_THAT(Xml(Results{}).suites(), IsEmpty()); }

TEST(JunitSchema, RejectsWhatItMust) {
  const auto wrong = [](const std::string& text) { return hearsay::testing::junit_violations(text); };
  const std::string suite = "<testsuite name='a' tests='1' failures='0' errors='0'>";
  const std::string test = "<testcase name='t'/>";
  EXPECT_THAT(wrong("<testsuites>" + suite + test + "</testsuite></testsuites>"), IsEmpty());
  for (const std::string& text :
       {"<testsuites>" + suite + test, std::string("<other/>"),
        "<testsuites>" + suite + test + "<properties/></testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase/></testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase name='t' file='f'/></testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase name='t'>text</testcase></testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase name='t'><error/></testcase></testsuite></testsuites>",
        "<testsuites>" + suite + "</testsuite></testsuites>",
        "<testsuites>" + suite + test + test + "</testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase name='&#1;'/></testsuite></testsuites>",
        "<testsuites>" + suite + "<testcase name='t' time='1s'/></testsuite></testsuites>",
        std::string("<testsuites><testsuite name='a' tests='1' failures='0'>" + test +
                    "</testsuite></testsuites>")})
    EXPECT_THAT(wrong(text), Not(IsEmpty())) << text;
}

}  // namespace
}  // namespace hearsay::report
