#include "baseline/run_lengths.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <iterator>

namespace hearsay::baseline {
namespace {

void append(std::string& line, std::uint64_t number) {
  fmt::format_to(std::back_inserter(line), "{}{}", line.empty() ? "" : " ", number);
}

/// Takes one line apart.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  /// The number that comes next, decimal without leading zeros.
  std::optional<std::uint64_t> number() {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto length = static_cast<std::size_t>(end - rest_.data());
    if (error != std::errc() || (rest_.front() == '0' && length > 1)) return {};
    rest_.remove_prefix(length);
    return value;
  }

  bool take(char sign) {
    if (rest_.empty() || rest_.front() != sign) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The one space before another number, or the end.
  bool parted() { return at_end() || (take(' ') && !at_end()); }

 private:
  std::string_view rest_;
};

}  // namespace

std::string coded(const std::vector<bool>& flags) {
  std::string line;
  bool last = true;
  std::uint64_t length = 0;
  for (const bool flag : flags) {
    if (flag != last) {
      append(line, length);
      length = 0;
    }
    last = flag;
    ++length;
  }
  if (!flags.empty()) append(line, length);
  return line;
}

std::string coded(const std::vector<std::uint64_t>& values) {
  std::string line;
  for (auto at = values.begin(); at != values.end();) {
    const auto first = at;
    while (at != values.end() && *at == *first) ++at;
    if (!line.empty()) line += ' ';
    if (at - first > 1) fmt::format_to(std::back_inserter(line), "{}*", at - first);
    fmt::format_to(std::back_inserter(line), "{}", *first);
  }
  return line;
}

std::optional<std::vector<bool>> decoded_flags(std::string_view text, std::uint64_t count) {
  std::vector<bool> flags;
  flags.reserve(count);
  Line line(text);
  for (bool flag = true; !line.at_end(); flag = !flag) {
    const std::optional<std::uint64_t> length = line.number();
    const bool may_be = length && (*length > 0 || (flag && flags.empty()));
    if (!may_be || *length > count - flags.size() || !line.parted()) return {};
    flags.insert(flags.end(), *length, flag);
  }
  return flags.size() == count ? std::optional(std::move(flags)) : std::nullopt;
}

std::optional<std::vector<std::uint64_t>> decoded_values(std::string_view text, std::uint64_t count) {
  std::vector<std::uint64_t> values;
  values.reserve(count);
  Line line(text);
  while (!line.at_end()) {
    std::optional<std::uint64_t> value = line.number();
    std::uint64_t times = 1;
    if (value && line.take('*')) {
      times = *value;
      value = line.number();
    }
    if (!value || times == 0 || times > count - values.size() || !line.parted()) return {};
    values.insert(values.end(), times, *value);
  }
  return values.size() == count ? std::optional(std::move(values)) : std::nullopt;
}

}  // namespace hearsay::baseline
