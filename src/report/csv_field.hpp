#pragma once

#include <string>

namespace hearsay::report {

/// `text` as one field of a CSV line (RFC 4180).
inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char letter : text) out += letter == '"' ? "\"\"" : std::string(1, letter);
  return out + '"';
}

}  // namespace hearsay::report
