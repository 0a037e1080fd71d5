#include "scenario/ramp_reader.hpp"

#include <algorithm>
#include <utility>

#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

const Parameter& parameter_of(const FaultKind& kind, std::string_view name) {
  const auto& all = kind.declaration.parameters;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Parameter& parameter) { return parameter.name == name; });
  HEARSAY_CHECK(found != all.end(), "a ramp of a parameter that is none");
  return *found;
}

/// A share, or microseconds.
Kind<double> strength(bool is_share) {
  if (is_share) return share();
  Kind<Duration> span = duration(0, "50ms");
  return {span.allowed, [read = std::move(span.read)](const Node& node) -> Reading<double> {
            Reading<Duration> reading = read(node);
            if (!reading.value) return {{}, std::move(reading.why)};
            return {static_cast<double>(*reading.value)};
          }};
}

class RampReader {
 public:
  RampReader(const Member& member, const Table& table, const FaultKind& kind, const std::string& title,
             std::vector<Problem>& problems)
      : kind_(kind),
        from_(table.find("from")),
        fields_(table, member.node.where, " in the ramp of " + title, problems) {}

  Ramp read() {
    const auto likely = std::find_if(kind_.ramps.begin(), kind_.ramps.end(), [&](std::string_view name) {
      return is_share(name) != from_is_duration();
    });
    ramp_.parameter = likely != kind_.ramps.end() ? *likely : kind_.ramps.front();
    fields_.read("of", choice(kind_.ramps), ramp_.parameter);
    const Kind<double> kind = strength(is_share(ramp_.parameter));
    fields_.require("from", kind, ramp_.from);
    fields_.require("to", kind, ramp_.to);
    fields_.require("over", duration(1, "10s"), ramp_.over);
    fields_.finish();
    return ramp_;
  }

 private:
  bool is_share(std::string_view name) const {
    return parameter_of(kind_, name).type == ParameterType::share;
  }

  /// Which of several parameters is meant shows in how the ramp begins.
  bool from_is_duration() const {
    const Text* text = from_ != nullptr ? from_->node.as<Text>() : nullptr;
    return text != nullptr && parse_duration(text->text);
  }

  const FaultKind& kind_;
  const Member* from_;
  Fields fields_;
  Ramp ramp_;
};

}  // namespace

std::optional<Ramp> read_ramp(Fields& fields, const FaultKind& kind, const std::string& title,
                              std::vector<Problem>& problems) {
  const Member* member = fields.find("ramp");
  if (member == nullptr) return {};
  const Table* table = member->node.as<Table>();
  if (table == nullptr) {
    const std::string allowed = "a table such as { from = \"0%\", to = \"30%\", over = \"10s\" }";
    fields.refuse(*member, mismatch(allowed, member->node), allowed);
    return Ramp{.parameter = std::string(kind.ramps.front())};
  }
  return RampReader(*member, *table, kind, title, problems).read();
}

}  // namespace hearsay::scenario
