#pragma once

// What is done with each field of a record: bound to a statement, read from a row, or added to a checksum.

#include <concepts>
#include <optional>
#include <string>

#include "store/columns.hpp"
#include "store/sqlite.hpp"

namespace hearsay::store {

/// Binds fields to the parameters of a statement, one after the other.
class Bind {
 public:
  explicit Bind(Statement& statement) : statement_(statement) {}

  void operator()(const std::string& text) const { statement_.bind(text); }
  void operator()(double real) const { statement_.bind(real); }
  template <std::integral Number>
  void operator()(Number number) const {
    statement_.bind(static_cast<std::int64_t>(number));
  }
  template <typename Time>
  void operator()(OrNever<Time> field) const {
    field.time == kNever ? statement_.bind_null() : (*this)(field.time);
  }
  template <typename Value>
  void operator()(const std::optional<Value>& value) const {
    value ? (*this)(*value) : statement_.bind_null();
  }

 private:
  Statement& statement_;
};

/// Reads fields from the columns of a row, one after the other.
class Take {
 public:
  explicit Take(Statement& row) : row_(row) {}

  void operator()(std::string& text) const { text = row_.take_text(); }
  void operator()(double& real) const { real = row_.take_real(); }
  template <std::integral Number>
  void operator()(Number& number) const {
    number = static_cast<Number>(row_.take_number());
  }
  template <typename Time>
  void operator()(OrNever<Time> field) const {
    const bool never = row_.next_is_null();
    (*this)(field.time);
    if (never) field.time = kNever;
  }
  template <typename Value>
  void operator()(std::optional<Value>& value) const {
    if (row_.next_is_null()) return row_.skip();
    (*this)(value.emplace());
  }

 private:
  Statement& row_;
};

}  // namespace hearsay::store
