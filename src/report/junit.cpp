#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "report/test_suite.hpp"
#include "report/xml_text.hpp"

namespace hearsay::report {
namespace {

using End = TestCase::End;

/// Names, each of which is given once.
class Names {
 public:
  std::string unlike(const std::string& name) {
    std::string given = name;
    while (taken_[given]++ > 0) given = fmt::format("{} ({})", name, ++copies_[name] + 1);
    return given;
  }

 private:
  std::map<std::string, int> taken_;
  std::map<std::string, int> copies_;
};

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

void add_text(pugi::xml_node parent, const char* name, const std::string& text) {
  if (!text.empty()) parent.append_child(name).text().set(xml_text(text).c_str());
}

void add_properties(pugi::xml_node node, const TestSuite& suite) {
  pugi::xml_node properties = node.append_child("properties");
  for (const auto& [name, value] : suite.properties) {
    pugi::xml_node property = properties.append_child("property");
    set(property, "name", name);
    set(property, "value", value);
  }
}

const char* element(End end) {
  switch (end) {
    case End::fail:
      return "failure";
    case End::error:
      return "error";
    case End::skipped:
      return "skipped";
    case End::pass:
    case End::warned:
      break;
  }
  return "system-out";
}

/// GitLab shows the text of these elements and not their attributes, Jenkins both.
void add_end(pugi::xml_node node, const TestCase& test) {
  if (test.end == End::pass || test.end == End::warned)
    return add_text(node, element(test.end), test.details);
  pugi::xml_node end = node.append_child(element(test.end));
  set(end, "type", test.type);
  set(end, "message", test.message);
  end.text().set(xml_text(test.details).c_str());
}

std::string count(const TestSuite& suite, End end) {
  return fmt::to_string(std::count_if(suite.cases.begin(), suite.cases.end(),
                                      [end](const TestCase& test) { return test.end == end; }));
}

std::string seconds(double value) { return fmt::format("{:.3f}", value); }

/// The time is that of the first case, since some systems add up cases and others look at suites.
void add_cases(pugi::xml_node node, const TestSuite& suite) {
  Names names;
  std::optional<double> time = suite.seconds;
  for (const TestCase& test : suite.cases) {
    pugi::xml_node shown = node.append_child("testcase");
    set(shown, "classname", suite.name);
    set(shown, "name", names.unlike(test.name));
    if (time) set(shown, "time", seconds(*time));
    if (time) time = 0;
    add_end(shown, test);
  }
}

void add_suite(pugi::xml_node root, const TestSuite& suite) {
  pugi::xml_node node = root.append_child("testsuite");
  set(node, "name", suite.name);
  set(node, "tests", fmt::to_string(suite.cases.size()));
  set(node, "failures", count(suite, End::fail));
  set(node, "errors", count(suite, End::error));
  set(node, "skipped", count(suite, End::skipped));
  if (suite.seconds) set(node, "time", seconds(*suite.seconds));
  set(node, "file", suite.file);
  add_properties(node, suite);
  add_cases(node, suite);
  add_text(node, "system-out", suite.out);
}

}  // namespace

std::string junit_xml(std::vector<TestSuite> suites) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  set(root, "name", "hearsay");
  Names names;
  for (TestSuite& suite : suites) {
    suite.name = names.unlike(suite.name);
    add_suite(root, suite);
  }
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

std::string to_junit(const Results& results) { return junit_xml(test_suites(results)); }

std::string to_junit(const Comparison& comparison) { return junit_xml(test_suites(comparison)); }

}  // namespace hearsay::report
