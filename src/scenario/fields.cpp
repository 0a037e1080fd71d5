#include "scenario/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

bool is_table(const Node& node) {
  const Array* array = node.as<Array>();
  return node.as<Table>() != nullptr ||
         (array != nullptr && !array->empty() && array->front().as<Table>() != nullptr);
}

}  // namespace

const Member* Fields::find(std::string_view key) {
  if (!is_known(key)) known_.push_back(key);
  return table_.find(key);
}

const Array& Fields::tables(std::string_view key, std::string_view path) {
  static const Array kEmpty;
  const Member* member = find(key);
  if (member == nullptr) return kEmpty;
  const Array* array = member->node.as<Array>();
  const bool right = array != nullptr && std::all_of(array->begin(), array->end(), [](const Node& node) {
                       return node.as<Table>() != nullptr;
                     });
  if (right) return *array;
  refuse(*member, fmt::format("must be an array of tables, each written [[{}]], not {}", path,
                              describe(member->node)));
  return kEmpty;
}

void Fields::refuse(const Member& member, const std::string& why, const std::string& allowed) const {
  problems_.push_back({member.node.where, fmt::format("{}{} {}", quote(member.key), label_, why), allowed});
}

void Fields::finish() const {
  std::vector<std::string_view> meant;
  for (const Member& member : table_.members) {
    if (accepts_others_ || is_known(member.key)) continue;
    meant.push_back(nearest(member.key, known_));
    problems_.push_back({member.where,
                         fmt::format("unknown {} {}{}{}", is_table(member.node) ? "table" : "key",
                                     quote(member.key), label_, suggestion(member.key, known_)),
                         listed(known_, "and")});
  }
  for (const Missing& missing : missing_) {
    if (std::find(meant.begin(), meant.end(), missing.key) != meant.end()) continue;
    problems_.push_back({where_,
                         fmt::format("missing key {}{}: {}", quote(missing.key), label_, missing.allowed),
                         missing.allowed});
  }
}

bool Fields::is_known(std::string_view key) const {
  return std::find(known_.begin(), known_.end(), key) != known_.end();
}

}  // namespace hearsay::scenario
