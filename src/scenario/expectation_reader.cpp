#include "scenario/expectation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scenario/fields.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

Kind<std::string> phase(const std::vector<std::string>& names) {
  const std::string allowed = "the name of a fault, or \"warmup\" or \"settle\" where [run] has them";
  return {allowed, [allowed, names](const Node& node) -> Reading<std::string> {
            const auto* text = node.as<Text>();
            if (text == nullptr) return {{}, mismatch(allowed, node)};
            if (std::find(names.begin(), names.end(), text->text) != names.end()) return {text->text};
            return {{}, mismatch(allowed, node) + suggestion(text->text, {names.begin(), names.end()})};
          }};
}

/// Reads one [[expect]].
class ExpectationReader {
 public:
  ExpectationReader(const Node& node, std::vector<Problem>& problems)
      : fields_(std::get<Table>(node.value), node.where, " in [[expect]]", problems) {}

  Expectation read(const std::vector<std::string>& phases) {
    read_that();
    if (fields_.read("confidence", confidence(), expectation_.confidence))
      expectation_.confidence_at = fields_.find("confidence")->where;
    if (fields_.read("during", phase(phases), expectation_.during))
      expectation_.during_at = fields_.find("during")->where;
    if (fields_.read("indifference", share(), expectation_.indifference))
      expectation_.indifference_at = fields_.find("indifference")->where;
    read_after_heal();
    std::string severity;
    if (fields_.read("severity", choice({"fail", "warn"}), severity))
      expectation_.severity = severity == "warn" ? Severity::warn : Severity::fail;
    fields_.finish();
    return std::move(expectation_);
  }

 private:
  void read_that() {
    Kind<Text> text = placed_text("commit_rate >= 99%");
    Text that;
    if (fields_.find("that") == nullptr && fields_.find("after_heal") != nullptr) return;
    text.allowed += "; or \"after_heal\", a duration";
    if (!fields_.require("that", text, that)) return;
    expectation_.that = that.text;
    expectation_.where = that.first;
  }

  void read_after_heal() {
    const Member* member = fields_.find("after_heal");
    if (member == nullptr) return;
    for (const std::string_view other : {"that", "confidence", "during", "indifference"})
      if (fields_.find(other) != nullptr)
        return fields_.refuse(
            *member, fmt::format("cannot stand beside {}: it is an expectation of its own", quote(other)));
    Duration longest = 0;
    if (!fields_.read("after_heal", duration(0, "10s"), longest)) return;
    expectation_.that = "recovery <= " + format_duration(longest);
    expectation_.where = member->node.where;
  }

  Fields fields_;
  Expectation expectation_;
};

}  // namespace

Expectation read_expectation(const Node& node, const std::vector<std::string>& phases,
                             std::vector<Problem>& problems) {
  return ExpectationReader(node, problems).read(phases);
}

}  // namespace hearsay::scenario
