#include "scenario/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace hearsay::scenario {
namespace {

constexpr std::size_t kMostShown = 64;
constexpr std::size_t kMostCompared = 100;

unsigned char byte(char letter) { return static_cast<unsigned char>(letter); }

/// The UTF-8 character that `text` starts with; one byte, if it starts with none that has more.
std::string_view first_character(std::string_view text) {
  std::size_t length = 1;
  while (byte(text[0]) >= 0xC0 && length < text.size() && length < 4 && !starts_character(text[length]))
    ++length;
  return text.substr(0, length);
}

/// U+0000..U+001F, U+007F..U+009F, which terminals take for commands, the last also as bytes alone; 0 for all
/// others.
unsigned control_code(std::string_view character) {
  const unsigned first = byte(character[0]);
  if (character.size() == 1 && (first < 0x20 || (first >= 0x7F && first < 0xA0))) return first;
  if (character.size() == 2 && byte(character[0]) == 0xC2 && byte(character[1]) < 0xA0)
    return byte(character[1]);
  return 0;
}

bool is_control(std::string_view character) { return character[0] == '\0' || control_code(character) != 0; }

/// At most so many characters of `text`, a backslash before those that are special.
std::string escaped_up_to(std::size_t most, std::string_view text, std::string_view special = "") {
  std::string out;
  std::size_t shown = 0;
  for (; !text.empty() && shown < most; ++shown) {
    const std::string_view character = first_character(text);
    text.remove_prefix(character.size());
    if (character == "\n") {
      out += "\\n";
    } else if (is_control(character)) {
      out += fmt::format("\\u{:04x}", control_code(character));
    } else {
      if (special.find(character) != std::string_view::npos) out += '\\';
      out += character;
    }
  }
  if (!text.empty()) out += "…";
  return out;
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

bool starts_character(char letter) { return (byte(letter) & 0xC0) != 0x80; }

std::string escaped(std::string_view text) { return escaped_up_to(text.size(), text); }

std::string shortened(std::string_view text) { return escaped_up_to(kMostShown, text); }

std::string quote(std::string_view text) { return '"' + escaped_up_to(kMostShown, text, "\"\\") + '"'; }

std::string listed(const std::vector<std::string_view>& words, std::string_view conjunction) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", conjunction) : ", ";
    text += quote(words[i]);
  }
  return text;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  if (word.size() > kMostCompared) return best;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t edits = distance(word, candidate);
    const bool related = edits < std::min(word.size(), candidate.size());
    if (related && edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view meant = nearest(word, candidates);
  if (!meant.empty()) return fmt::format("; did you mean {}?", quote(meant));
  return candidates.empty() ? "" : "; known are " + listed(candidates, "and");
}

void fail(Location where, std::string what) {
  std::vector<Problem> problems;
  problems.push_back({std::move(where), std::move(what)});
  throw InputError(std::move(problems));
}

}  // namespace hearsay::scenario
