#include "report/report.hpp"

namespace hearsay::report {

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"json", "one object a result, an array of several", to_json},
      {"csv", "one row a version (RFC 4180)",
       [](const std::vector<Result>& results, bool) { return to_csv(results); }},
  };
  return table;
}

}  // namespace hearsay::report
