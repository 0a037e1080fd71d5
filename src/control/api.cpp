#include "control/api.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/errors.hpp"
#include "control/json_tree.hpp"
#include "control/replies.hpp"
#include "faults/kinds.hpp"
#include "scenario/text.hpp"

namespace hearsay::control {
namespace {

using Json = nlohmann::ordered_json;
using scenario::Array;
using scenario::Member;
using scenario::Node;
using scenario::Table;
using scenario::Text;

constexpr std::string_view kRules = "/faults";
constexpr std::string_view kNodes = "/nodes/";

std::string_view name_of(const Node& rule) {
  const Text* name = rule.as<Table>()->find_text("name");
  return name != nullptr ? std::string_view(name->text) : std::string_view();
}

/// The body as a whole.
Location whole_body() { return {.file = "/"}; }

/// A rule, as it stands at `place` of the body; if it does not say when it opens, it opens now.
Node opening_at(Table rule, const Location& place, Tick now) {
  const Location where{.file = (place == whole_body() ? "" : place.file) + "/at"};
  if (rule.find("at") == nullptr) rule.put({"at", where, {where, Text{fmt::format("{}us", now), where}}});
  return {place, std::move(rule)};
}

void refuse_unknown_keys(const Table& table, std::string_view allowed) {
  for (const Member& member : table.members)
    if (member.key != allowed)
      refuse(to_string(member.where), fmt::format("unknown key \"{}\"", member.key),
             fmt::format("\"{}\"", allowed));
}

Response not_allowed(const Request& request, std::string allowed) {
  Response response = error(405, request.method + " is not allowed here", request.path, allowed);
  response.allow = std::move(allowed);
  return response;
}

Response nothing_there(const Request& request) {
  return error(404, "there is nothing here", request.path,
               "/status, /faults, /faults/NAME, /faults:replace, /nodes/ID/kill, /nodes/ID/restart, "
               "/nodes/ID/pause, /nodes/ID/resume, /publish");
}

Response no_such_fault(std::string_view name) {
  return error(404, "there is no fault of this name", name, "a name that GET /faults shows");
}

Json account(const measure::Messages& messages) {
  return {
      {"sent", messages.sent},       {"delivered", messages.delivered}, {"dropped", messages.dropped},
      {"failed", messages.failed},   {"in_flight", messages.in_flight}, {"duplicated", messages.duplicated},
      {"delayed", messages.delayed}, {"rejected", messages.rejected},   {"foreign", messages.foreign}};
}

/// "wipe", unless the body says otherwise.
bool wipes(std::string_view body) {
  if (body.empty()) return true;
  const Table table = parse_object(body);
  refuse_unknown_keys(table, "state");
  if (table.find("state") == nullptr) return true;
  const Text* state = table.find_text("state");
  if (state == nullptr || (state->text != "wipe" && state->text != "keep"))
    refuse("/state", "\"state\" must be \"wipe\" or \"keep\"", "\"wipe\" or \"keep\"");
  return state->text == "wipe";
}

/// For what takes no parameters: whoever gives some must not believe that they count.
void refuse_any_key(std::string_view body) {
  if (body.empty()) return;
  const Table table = parse_object(body);
  for (const Member& member : table.members)
    refuse(to_string(member.where), fmt::format("unknown key \"{}\"", member.key), "no body, or {}");
}

template <bool (Controlled::*act)(NodeId)>
bool without_parameters(Controlled& cluster, NodeId node, std::string_view body) {
  refuse_any_key(body);
  return (cluster.*act)(node);
}

/// What can be done to a node, and why it cannot be done where that is so already.
struct Verb {
  std::string_view name;
  std::string_view refusal;
  bool (*act)(Controlled& cluster, NodeId node, std::string_view body);
};

constexpr Verb kVerbs[] = {
    {"kill", "is down already",
     [](Controlled& cluster, NodeId node, std::string_view body) { return cluster.kill(node, wipes(body)); }},
    {"restart", "is up already", without_parameters<&Controlled::restart>},
    {"pause", "is paused or down already", without_parameters<&Controlled::pause>},
    {"resume", "is not paused from here", without_parameters<&Controlled::resume>},
};

}  // namespace

Api::Api(const scenario::Scenario& scenario, const scenario::Known& known, std::string token,
         Controlled& cluster)
    : scenario_(scenario), known_(known), guard_(std::move(token)), cluster_(cluster) {
  for (const scenario::Fault& fault : scenario.faults) rules_.push_back({fault.where, fault.written});
}

Response Api::answer(const Request& request) {
  if (auto refusal = guard_.refusal(request)) return *std::move(refusal);
  if (request.body.size() > kMostBody)
    return error(413, "the body is too long", "body", fmt::format("at most {} bytes", kMostBody));
  try {
    return route(request);
  } catch (const InputError& wrong) {
    return bad_input(wrong.problems());
  }
}

Response Api::route(const Request& request) {
  const std::string_view path = request.path;
  const bool get = request.method == "GET" || request.method == "HEAD";
  const bool post = request.method == "POST";
  if (path == "/status") return get ? status() : not_allowed(request, "GET, HEAD");
  if (path == "/publish") return post ? publish(request.body) : not_allowed(request, "POST");
  if (path == "/faults:replace") return post ? replace_faults(request.body) : not_allowed(request, "POST");
  if (path == kRules) {
    if (get) return faults();
    return post ? add_fault(request.body) : not_allowed(request, "GET, HEAD, POST");
  }
  if (path.starts_with("/faults/")) {
    const std::string_view name = path.substr(kRules.size() + 1);
    if (request.method == "PATCH") return change_fault(name, request.body);
    return request.method == "DELETE" ? remove_fault(name) : not_allowed(request, "PATCH, DELETE");
  }
  const std::size_t verb = path.rfind('/');
  if (!path.starts_with(kNodes) || verb < kNodes.size()) return nothing_there(request);
  if (!post) return not_allowed(request, "POST");
  return act_on_node(path.substr(kNodes.size(), verb - kNodes.size()), path.substr(verb + 1), request.body);
}

Response Api::status() {
  const Status now = cluster_.status();
  return ok({{"now_ms", milliseconds(now.now)},
             {"nodes", {{"count", now.nodes}, {"down", now.down}, {"paused", now.paused}}},
             {"versions", {{"published", now.published}, {"committed", now.committed}}},
             {"messages", account(now.messages)}});
}

Response Api::faults() {
  Json all = Json::array();
  const std::vector<measure::Evidence> evidence = cluster_.evidence();
  for (const Node& rule : rules_) {
    Json shown = to_json(*rule.as<Table>());
    for (const measure::Evidence& seen : evidence)
      if (seen.name == name_of(rule))
        shown["evidence"] = {{"eligible", seen.eligible}, {"hit", seen.hit}, {"off", seen.off}};
    all.push_back(std::move(shown));
  }
  return ok({{"faults", std::move(all)}});
}

Response Api::add_fault(std::string_view body) {
  const Tick now = cluster_.status().now;
  Table rule = parse_object(body);
  refuse_taken_name(rule, rules_.size());
  Array rules = rules_;
  rules.push_back(opening_at(std::move(rule), whole_body(), now));
  put_in_force(std::move(rules), now);
  return ok(to_json(*rules_.back().as<Table>()), 201);
}

Response Api::change_fault(std::string_view name, std::string_view body) {
  const std::size_t place = find(name);
  if (place == rules_.size()) return no_such_fault(name);
  const Tick now = cluster_.status().now;
  Table changes = parse_object(body);
  refuse_taken_name(changes, place);
  Array rules = rules_;
  merge(std::get<Table>(rules[place].value), std::move(changes));
  rules[place].where = whole_body();
  put_in_force(std::move(rules), now);
  return ok(to_json(*rules_[place].as<Table>()));
}

Response Api::remove_fault(std::string_view name) {
  const std::size_t place = find(name);
  if (place == rules_.size()) return no_such_fault(name);
  const Tick now = cluster_.status().now;
  Array rules = rules_;
  rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(place));
  put_in_force(std::move(rules), now);
  return ok({{"removed", name}});
}

Response Api::replace_faults(std::string_view body) {
  Table table = parse_object(body);
  refuse_unknown_keys(table, "faults");
  Member* written = table.find("faults");
  Array* given = written != nullptr ? std::get_if<Array>(&written->node.value) : nullptr;
  if (given == nullptr) refuse("/faults", "\"faults\" must be an array of faults", "an array of objects");
  const Tick now = cluster_.status().now;
  Array rules;
  for (Node& rule : *given) {
    if (rule.as<Table>() == nullptr)
      refuse(to_string(rule.where), "must be an object, not " + describe(rule), "an object");
    rules.push_back(opening_at(std::move(std::get<Table>(rule.value)), rule.where, now));
  }
  put_in_force(std::move(rules), now);
  return faults();
}

Response Api::act_on_node(std::string_view id, std::string_view verb, std::string_view body) {
  const NodeId nodes = scenario_.cluster.nodes;
  NodeId node = nodes;
  const auto [end, wrong] = std::from_chars(id.data(), id.data() + id.size(), node);
  if (wrong != std::errc() || end != id.data() + id.size() || node >= nodes)
    return error(404, "there is no such node", id, fmt::format("a node from 0 to {}", nodes - 1));
  for (const Verb& known : kVerbs) {
    if (known.name != verb) continue;
    if (!known.act(cluster_, node, body))
      return error(409, fmt::format("node {} {}", node, known.refusal), id, "another node");
    return ok({{"node", node}, {"done", verb}});
  }
  return error(404, "nodes know no such verb", verb, "kill, restart, pause or resume");
}

Response Api::publish(std::string_view body) {
  refuse_any_key(body);
  const std::optional<Version> version = cluster_.publish();
  if (!version)
    return error(507, "there are as many versions as there can be", "/publish",
                 fmt::format("{} versions", kMaxVersions));
  return ok({{"version", *version}});
}

/// All rules are read and checked before any is in force.
void Api::put_in_force(Array rules, Tick now) {
  scenario::Scenario next = scenario_;
  next.faults = scenario::read_faults(rules, scenario_, known_);
  if (auto problems = faults::problems(next); !problems.empty()) throw InputError(std::move(problems));
  cluster_.replace_faults(next.faults, now);
  scenario_ = std::move(next);
  rules_ = std::move(rules);
}

std::size_t Api::find(std::string_view name) const {
  std::size_t place = 0;
  while (place < rules_.size() && name_of(rules_[place]) != name) ++place;
  return place;
}

/// The rule `own` may keep its name. What has the name is not in the body, and so has no place to point to.
void Api::refuse_taken_name(const Table& rule, std::size_t own) const {
  const Text* name = rule.find_text("name");
  const std::size_t place = name != nullptr ? find(name->text) : own;
  if (place == own || place == rules_.size()) return;
  refuse("/name", fmt::format("another fault is called {} already", scenario::quote(name->text)),
         "a name that no other fault has");
}

}  // namespace hearsay::control
