#include "scenario/scan.hpp"

#include <utility>

#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

constexpr int kMostBrackets = 16;
constexpr int kMostDots = 8;

class Scanner {
 public:
  Scanner(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  LongTexts scan() {
    while (!text_.empty()) step();
    return std::move(long_texts_);
  }

 private:
  void step() {
    switch (text_.front()) {
      case '#':
        return skip_line();
      case '"':
      case '\'':
        return skip_string();
      case '[':
      case '{':
        if (++brackets_ > kMostBrackets) refuse("brackets nest deeper than 16");
        break;
      case ']':
      case '}':
        if (brackets_ > 0) --brackets_;
        break;
      case '.':
        if (++dots_ > kMostDots) refuse("more than 8 dots in a row of keys");
        break;
      case '=':
      case ',':
      case '\n':
        dots_ = 0;
        break;
      default:
        break;
    }
    advance(1);
  }

  void skip_line() {
    while (!text_.empty() && text_.front() != '\n') advance(1);
  }

  void skip_string() {
    const std::string_view quote = text_.substr(0, 1);
    const bool escapes = quote == "\"";
    const std::string long_quote(3, quote.front());
    if (text_.substr(0, 3) == long_quote) return skip_long_string(long_quote, escapes);
    advance(1);
    while (!text_.empty() && text_.front() != '\n' && text_.substr(0, 1) != quote) skip_character(escapes);
    if (text_.substr(0, 1) == quote) advance(1);
  }

  void skip_long_string(std::string_view quotes, bool escapes) {
    Position& begin = long_texts_[at_];
    advance(quotes.size());
    if (text_.substr(0, 2) == "\r\n") advance(1);
    if (text_.substr(0, 1) == "\n") advance(1);
    begin = at_;
    while (!text_.empty() && text_.substr(0, quotes.size()) != quotes) skip_character(escapes);
    advance(quotes.size());
    // Up to two quotes more belong to the text: """a""""" ends in two of its own.
    for (int more = 0; more < 2 && text_.substr(0, 1) == quotes.substr(0, 1); ++more) advance(1);
  }

  void skip_character(bool escapes) {
    const bool escaped = escapes && text_.front() == '\\' && text_.substr(1, 1) != "\n";
    advance(escaped ? 2 : 1);
  }

  void advance(std::size_t bytes) {
    for (; bytes > 0 && !text_.empty(); --bytes) {
      const char letter = text_.front();
      text_.remove_prefix(1);
      if (letter == '\n') {
        at_ = {at_.line + 1, 1};
      } else if (starts_character(letter)) {
        ++at_.column;
      }
    }
  }

  [[noreturn]] void refuse(std::string what) const { fail({file_, at_.line, at_.column}, std::move(what)); }

  std::string_view text_;
  const std::string& file_;
  Position at_;
  int brackets_ = 0;
  int dots_ = 0;
  LongTexts long_texts_;
};

}  // namespace

LongTexts scan(std::string_view text, const std::string& file) { return Scanner(text, file).scan(); }

}  // namespace hearsay::scenario
