#pragma once

#include <string>
#include <string_view>

namespace hearsay::report {

/// `text` as XML can hold it: in UTF-8 and without control characters, which no escape of XML 1.0 stands for.
/// Such characters are shown as \u001b; what is no UTF-8, or no character, as U+FFFD. Markup stays as it is.
std::string xml_text(std::string_view text);

}  // namespace hearsay::report
