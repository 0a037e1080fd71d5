#include "report/figures.hpp"

namespace hearsay::report {

std::string_view to_string(measure::End end) {
  switch (end) {
    case measure::End::committed:
      return "committed";
    case measure::End::lost:
      return "lost";
    case measure::End::open:
      break;
  }
  return "open";
}

std::string_view to_string(measure::Unit unit) { return unit == measure::Unit::run ? "run" : "version"; }

}  // namespace hearsay::report
