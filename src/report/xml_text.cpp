#include "report/xml_text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace hearsay::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Character {
  std::uint32_t code;
  std::size_t bytes;
};

struct Lead {
  unsigned mask;
  unsigned bits;
  std::uint32_t least;  ///< the first code that needs so many bytes
};

constexpr Lead kLeads[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};

unsigned byte(char letter) { return static_cast<unsigned char>(letter); }

/// The character that `text` starts with, if it is one of UTF-8.
std::optional<Character> first_character(std::string_view text) {
  for (std::size_t size = 1; size <= std::size(kLeads); ++size) {
    const Lead& lead = kLeads[size - 1];
    if ((byte(text[0]) & lead.mask) != lead.bits) continue;
    if (text.size() < size) return {};
    std::uint32_t code = byte(text[0]) & ~lead.mask;
    for (const char letter : text.substr(1, size - 1)) {
      if ((byte(letter) & 0xC0U) != 0x80U) return {};
      code = code << 6U | (byte(letter) & 0x3FU);
    }
    if (code < lead.least) return {};
    return Character{code, size};
  }
  return {};
}

bool is_white(std::uint32_t code) { return code == '\t' || code == '\n' || code == '\r'; }

bool is_control(std::uint32_t code) {
  return (code < 0x20 && !is_white(code)) || (code >= 0x7F && code < 0xA0);
}

/// Surrogates, what is beyond Unicode, and the two codes that XML leaves out.
bool is_none(std::uint32_t code) {
  return (code >= 0xD800 && code < 0xE000) || code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::optional<Character> found = first_character(text);
    const std::size_t bytes = found ? found->bytes : 1;
    if (!found || is_none(found->code))
      out += kReplacement;
    else if (is_control(found->code))
      out += fmt::format("\\u{:04x}", found->code);
    else
      out += text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return out;
}

}  // namespace hearsay::report
