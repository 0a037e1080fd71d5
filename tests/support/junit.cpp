#include "tests/support/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <regex>
#include <set>

namespace hearsay::testing {
namespace {

enum class Type { text, count, time };

struct Attribute {
  Type type;
  bool required = false;
};

struct Element {
  std::vector<std::string> children;  ///< in their order
  std::map<std::string, Attribute> attributes;
  bool text = false;
};

const std::map<std::string, Element>& schema() {
  static const Attribute text{Type::text}, needed{Type::text, true}, count{Type::count, true};
  static const Element end = {{}, {{"type", text}, {"message", text}}, true};
  static const std::map<std::string, Element> elements = {
      {"testsuites",
       {{"testsuite"},
        {{"name", text},
         {"time", {Type::time}},
         {"tests", {Type::count}},
         {"failures", {Type::count}},
         {"errors", {Type::count}}}}},
      {"testsuite",
       {{"properties", "testcase", "system-out", "system-err"},
        {{"name", needed},
         {"tests", count},
         {"failures", count},
         {"errors", count},
         {"skipped", {Type::count}},
         {"time", {Type::time}},
         {"group", text},
         {"timestamp", text},
         {"hostname", text},
         {"id", text},
         {"package", text},
         {"file", text},
         {"log", text},
         {"url", text}}}},
      {"properties", {{"property"}, {}}},
      {"property", {{}, {{"name", needed}, {"value", needed}}}},
      {"testcase",
       {{"skipped", "error", "failure", "system-out", "system-err"},
        {{"name", needed}, {"classname", text}, {"time", {Type::time}}, {"group", text}}}},
      {"failure", end},
      {"error", end},
      {"skipped", end},
      {"system-out", {{}, {}, true}},
      {"system-err", {{}, {}, true}},
  };
  return elements;
}

bool fits(const std::string& value, Type type) {
  static const std::regex count("[0-9]+");
  static const std::regex time("[0-9]+(\\.[0-9]{1,3})?");
  return type == Type::text || std::regex_match(value, type == Type::count ? count : time);
}

class Inspection {
 public:
  std::vector<std::string> inspect(const std::string& xml) {
    look_at_characters(xml);
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
    if (!parsed) report("", parsed.description());
    const pugi::xml_node root = document.document_element();
    if (root.name() != std::string("testsuites")) report(root.name(), "is the root");
    look_at(root);
    for (const pugi::xml_node suite : root.children("testsuite")) look_at_suite(suite);
    return found_;
  }

 private:
  void report(const std::string& where, const std::string& what) { found_.push_back(where + ": " + what); }

  void look_at_characters(const std::string& xml) {
    static const std::regex reference("&#(x?)([0-9A-Fa-f]+);");
    for (const char letter : xml)
      if (static_cast<unsigned char>(letter) < 0x20 && std::strchr("\t\n\r", letter) == nullptr)
        report("", fmt::format("control character {}", static_cast<int>(letter)));
    for (std::sregex_iterator at(xml.begin(), xml.end(), reference), end; at != end; ++at) {
      const unsigned long code = std::stoul((*at)[2], nullptr, (*at)[1].length() > 0 ? 16 : 10);
      if (code < 0x20 && code != 9 && code != 10 && code != 13) report("", "reference to " + at->str());
    }
  }

  void look_at(const pugi::xml_node& node) {
    const auto rule = schema().find(node.name());
    if (rule == schema().end()) return report(node.name(), "unknown element");
    look_at_attributes(node, rule->second);
    std::ptrdiff_t reached = 0;
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element) {
        if (!rule->second.text) report(node.name(), "has text");
        continue;
      }
      const auto& allowed = rule->second.children;
      const auto place = std::find(allowed.begin(), allowed.end(), child.name()) - allowed.begin();
      if (place == std::ssize(allowed)) report(node.name(), fmt::format("has a {}", child.name()));
      if (place < reached) report(node.name(), fmt::format("has a {} too late", child.name()));
      reached = place;
      look_at(child);
    }
  }

  void look_at_attributes(const pugi::xml_node& node, const Element& rule) {
    std::set<std::string> seen;
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const auto known = rule.attributes.find(attribute.name());
      if (known == rule.attributes.end() || !seen.insert(attribute.name()).second)
        report(node.name(), fmt::format("has the attribute {}", attribute.name()));
      else if (!fits(attribute.value(), known->second.type))
        report(node.name(), fmt::format("{} is {}", attribute.name(), attribute.value()));
    }
    for (const auto& [name, attribute] : rule.attributes)
      if (attribute.required && !seen.contains(name)) report(node.name(), "lacks " + name);
  }

  void look_at_suite(const pugi::xml_node& suite) {
    std::map<std::string, unsigned> counts;
    for (const pugi::xml_node test : suite.children("testcase")) {
      ++counts["tests"];
      if (!cases_.insert({test.attribute("classname").value(), test.attribute("name").value()}).second)
        report(test.attribute("name").value(), "a second case of that name");
      for (const auto& [element, sum] : {std::pair("failure", "failures"), std::pair("error", "errors"),
                                         std::pair("skipped", "skipped")}) {
        if (!test.child(element)) continue;
        ++counts[sum];
        if (test.child(element).text().empty()) report(element, "has no text");
      }
    }
    if (counts["tests"] == 0) report(suite.name(), "is empty");
    for (const char* sum : {"tests", "failures", "errors", "skipped"})
      if (suite.attribute(sum).as_uint() != counts[sum])
        report(suite.attribute("name").value(), fmt::format("counts other {} than it has", sum));
  }

  std::set<std::pair<std::string, std::string>> cases_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> junit_violations(const std::string& xml) { return Inspection().inspect(xml); }

}  // namespace hearsay::testing
