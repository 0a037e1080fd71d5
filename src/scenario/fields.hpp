#pragma once

// Reading one table: every key that is asked for is known, and what is left at the end is reported.

#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"
#include "scenario/kinds.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

class Fields {
 public:
  /// `label` says in errors which table it is: ` in [gossip]`, ` in fault "wifi"`, or nothing. The table,
  /// where it stands and `problems` must outlive the Fields.
  Fields(const Table& table, Location where, std::string label, std::vector<Problem>& problems)
      : table_(table), where_(std::move(where)), label_(std::move(label)), problems_(problems) {}

  /// The member, if it is written; from now on the key is known.
  const Member* find(std::string_view key);

  /// Sets `into` if the key is written and right; reports it if it is wrong. True if it was set.
  template <typename T, typename Into>
  bool read(std::string_view key, const Kind<T>& kind, Into& into);

  /// The same for a key that must be written; finish() reports one that is not.
  template <typename T, typename Into>
  bool require(std::string_view key, const Kind<T>& kind, Into& into);

  /// The tables [[path]] that `key` holds; reports it and gives none if any of them is something else.
  const Array& tables(std::string_view key, std::string_view path);

  /// Reports `why` about a key, at its value: `"fanout" in [gossip] must be …`.
  void refuse(const Member& member, const std::string& why, const std::string& allowed = {}) const;

  /// From now on, keys that are not asked for may be right: nothing says what this table takes.
  void accept_others() { accepts_others_ = true; }

  /// Reports every key that was never asked for, and every required one that is missing, unless one of the
  /// unknown ones is likely to be it, misspelt.
  void finish() const;

  /// Where the table stands.
  const Location& where() const { return where_; }

 private:
  bool is_known(std::string_view key) const;

  struct Missing {
    std::string_view key;
    std::string allowed;
  };

  const Table& table_;
  Location where_;
  std::string label_;
  std::vector<Problem>& problems_;
  std::vector<std::string_view> known_;
  std::vector<Missing> missing_;
  bool accepts_others_ = false;
};

template <typename T, typename Into>
bool Fields::read(std::string_view key, const Kind<T>& kind, Into& into) {
  const Member* member = find(key);
  if (member == nullptr) return false;
  Reading<T> reading = kind.read(member->node);
  if (!reading.value) {
    problems_.insert(problems_.end(), reading.inside.begin(), reading.inside.end());
    if (!reading.why.empty()) refuse(*member, reading.why, kind.allowed);
    return false;
  }
  into = static_cast<Into>(*std::move(reading.value));
  return true;
}

template <typename T, typename Into>
bool Fields::require(std::string_view key, const Kind<T>& kind, Into& into) {
  if (find(key) == nullptr) {
    missing_.push_back({key, kind.allowed});
    return false;
  }
  return read(key, kind, into);
}

}  // namespace hearsay::scenario
