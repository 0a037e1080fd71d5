#include "faults/layer.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/errors.hpp"
#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

constexpr std::size_t kMostFates = kAbsent - 1;

double expected_hits(const MessageRule& rule) {
  const double hits = static_cast<double>(rule.eligible()) * rule.fault().chance().value_or(1);
  return std::min(hits, static_cast<double>(rule.limit()));
}

/// Moves the rule of this index, if there is one, to the end of other rules.
template <typename Rule>
void move_rule(std::size_t index, std::vector<Rule>& from, std::vector<Rule>& to) {
  const auto found =
      std::find_if(from.begin(), from.end(), [&](const Rule& rule) { return rule.index() == index; });
  if (found == from.end()) return;
  to.push_back(std::move(*found));
  from.erase(found);
}

}  // namespace

Layer::Layer(const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes)
    : seed_(seed), nodes_(nodes), in_force_(faults) {
  for (const scenario::Fault& rule : faults) add(rule, 0);
  put_in_order();
}

void Layer::add(const scenario::Fault& rule, Tick since) {
  const Setting setting{rule, Key(seed_, "fault " + rule.name), nodes_, seed_, since};
  const Kind& kind = kind_of(rule);
  const std::size_t index = find_evidence(rule.name);
  if (index == evidence_.size()) {
    evidence_.push_back({.name = rule.name, .kind = rule.kind});
    opens_.push_back(rule.window.at);
  }
  measure::Evidence& evidence = evidence_[index];
  evidence.kind = rule.kind;
  evidence.on_nodes = kind.on_nodes != nullptr;
  if (kind.on_messages != nullptr) {
    MessageRule made(kind.on_messages(setting), setting, index);
    evidence.off = made.fault().off();
    evidence.shared |= !evidence.off && made.shared();
    if (!evidence.off) message_rules_.push_back(std::move(made));
  } else {
    NodeRule made{kind.on_nodes(setting), index};
    evidence.off = made.fault->off();
    evidence.shared |= !evidence.off && made.fault->shared();
    if (!evidence.off) node_rules_.push_back(std::move(made));
  }
}

std::size_t Layer::find_evidence(const std::string& name) const {
  std::size_t index = 0;
  while (index < evidence_.size() && evidence_[index].name != name) ++index;
  return index;
}

bool Layer::is_in_force(const scenario::Fault& rule) const {
  return std::any_of(in_force_.begin(), in_force_.end(),
                     [&](const scenario::Fault& other) { return same_rule(rule, other); });
}

/// Names that were seen once keep their fates, so that evidence and trace can tell them apart.
void Layer::refuse_more_than_fates(const std::vector<scenario::Fault>& faults) const {
  std::size_t names = evidence_.size();
  for (const scenario::Fault& rule : faults) {
    if (find_evidence(rule.name) != evidence_.size() || ++names <= kMostFates) continue;
    const std::string allowed = "at most " + std::to_string(kMostFates) + " names of faults in one run";
    throw InputError({{rule.where,
                       "fault \"" + rule.name + "\" is one too many; " + allowed +
                           " are allowed, those of faults that are gone included",
                       allowed}});
  }
}

void Layer::replace(const std::vector<scenario::Fault>& faults, Tick since, NodeControl& control) {
  refuse_more_than_fates(faults);
  std::vector<MessageRule> gone_messages = std::exchange(message_rules_, {});
  std::vector<NodeRule> gone_nodes = std::exchange(node_rules_, {});
  for (const scenario::Fault& rule : faults) {
    if (!is_in_force(rule)) {
      add(rule, since);
      continue;
    }
    const std::size_t index = find_evidence(rule.name);
    move_rule(index, gone_messages, message_rules_);
    move_rule(index, gone_nodes, node_rules_);
  }
  for (const MessageRule& rule : gone_messages) retire(rule);
  for (const NodeRule& rule : gone_nodes) rule.fault->heal(kNever, control);
  in_force_ = faults;
  put_in_order();
}

void Layer::retire(const MessageRule& rule) {
  measure::Evidence& evidence = evidence_[rule.index()];
  evidence.eligible += rule.eligible();
  evidence.hit += rule.hit();
  evidence.expected_hits += expected_hits(rule);
}

/// What follows from which rules there are, and in which order.
void Layer::put_in_order() {
  ordered_.clear();
  for (std::size_t place = 0; place < message_rules_.size(); ++place) {
    message_rules_[place].stand_at(place);
    if (message_rules_[place].order() != Order::none) ordered_.push_back(place);
  }
  open_.clear();
  open_from_ = kNever;
  open_until_ = 0;
}

bool Layer::judge(Batch& batch, std::size_t first_place) {
  const Tick first = batch.at().front();
  const Tick last = batch.at().back();
  if (first < open_from_ || last >= open_until_) find_open(first, last);
  bool delayed = false;
  for (MessageRule* rule : open_)
    if (rule->place() >= first_place && rule->judge(batch, effects_) > 0) delayed |= rule->fault().delays();
  return delayed;
}

Batch* Layer::next_copies() {
  if (effects_.empty()) return nullptr;
  const Effects::Made& made = effects_.take();
  judge(*made.batch, made.next_rule);
  return made.batch.get();
}

Order Layer::order(Tick first, Tick last) const {
  Order most = Order::none;
  for (const std::size_t i : ordered_) {
    const Window& window = message_rules_[i].window();
    if (window.opening(first) || window.change_after(first) <= last)
      most = std::max(most, message_rules_[i].order());
  }
  return most;
}

Duration Layer::acts_after(Tick at) const {
  Duration least = kNever;
  for (const std::size_t i : ordered_)
    if (message_rules_[i].window().opening(at))
      least = std::min(least, message_rules_[i].fault().acts_after());
  return least;
}

Tick Layer::next_order(Tick at) const {
  Tick next = kNever;
  for (const std::size_t i : ordered_) {
    const Window& window = message_rules_[i].window();
    next = std::min(next, window.opening_after(at));
  }
  return next;
}

// One that opens or closes between the first and the last burst of a batch is among those asked.
void Layer::find_open(Tick first, Tick last) {
  open_.clear();
  open_from_ = kEver;
  open_until_ = kNever;
  for (MessageRule& rule : message_rules_) {
    const Window& window = rule.window();
    if (window.opening(first) || window.change_after(first) <= last) open_.push_back(&rule);
    open_from_ = std::max(open_from_, window.changed(first));
    open_until_ = std::min(open_until_, window.change_after(last));
  }
}

Tick Layer::next_action() const {
  Tick next = kNever;
  for (const NodeRule& rule : node_rules_) next = std::min(next, rule.fault->next());
  return next;
}

void Layer::act(Tick now, NodeControl& control, bool unsettled) {
  while (next_action() <= now) {
    for (const NodeRule& rule : node_rules_) rule.fault->heal(now, control);
    for (NodeRule& rule : node_rules_) {
      const std::uint64_t acted = rule.fault->act(now, control);
      if (acted == 0) continue;
      measure::Evidence& evidence = evidence_[rule.at];
      evidence.eligible += acted;
      if (unsettled) evidence.hit += acted;
      evidence.add_time(now);
      rule.counted = unsettled;
    }
  }
}

void Layer::unsettled() {
  for (NodeRule& rule : node_rules_)
    if (!std::exchange(rule.counted, true)) evidence_[rule.at].hit += rule.fault->holding();
}

bool Layer::may_kill() const {
  return std::any_of(node_rules_.begin(), node_rules_.end(),
                     [](const NodeRule& rule) { return rule.fault->kills(); });
}

std::vector<measure::Evidence> Layer::evidence(Tick end) const {
  std::vector<measure::Evidence> all = evidence_;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].opened = opens_[i] <= end;
    all[i].shared = all[i].shared && all[i].opened;
    if (all[i].on_nodes) all[i].expected_hits = static_cast<double>(all[i].eligible);
  }
  for (const MessageRule& rule : message_rules_) {
    measure::Evidence& evidence = all[rule.index()];
    evidence.eligible += rule.eligible();
    evidence.hit += rule.hit();
    evidence.expected_hits += expected_hits(rule);
    if (rule.limited()) continue;  // how many are hit is no matter of chance alone
    evidence.chance = rule.fault().chance();
    evidence.independent = rule.fault().independent();
  }
  return all;
}

}  // namespace hearsay::faults
