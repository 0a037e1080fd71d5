#include "control/replies.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace hearsay::control {
namespace {

using Json = nlohmann::ordered_json;

Json one(std::string_view what, std::string_view where, std::string_view allowed) {
  return {{"what", what}, {"where", where}, {"allowed", allowed}};
}

std::string line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Response ok(const Json& value, int status) { return {.status = status, .body = line(value)}; }

Response error(int status, std::string_view what, std::string_view where, std::string_view allowed) {
  return {.status = status, .body = line({{"errors", Json::array({one(what, where, allowed)})}})};
}

void refuse(std::string where, std::string what, std::string allowed) {
  Problem problem;
  problem.where.file = std::move(where);
  problem.what = std::move(what);
  problem.allowed = std::move(allowed);
  std::vector<Problem> problems;
  problems.push_back(std::move(problem));
  throw InputError(std::move(problems));
}

Response bad_input(const std::vector<Problem>& problems) {
  Json all = Json::array();
  for (const Problem& problem : problems)
    all.push_back(one(problem.what, to_string(problem.where), problem.allowed));
  return {.status = 400, .body = line({{"errors", std::move(all)}})};
}

}  // namespace hearsay::control
