#include "faults/layer.hpp"

#include <algorithm>
#include <utility>

#include "faults/kinds.hpp"

namespace hearsay::faults {

Layer::Layer(const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes) {
  for (std::size_t index = 0; index < faults.size(); ++index) {
    const scenario::Fault& rule = faults[index];
    const Setting setting{rule, Key(seed, "fault " + rule.name), nodes, seed};
    const Kind& kind = kind_of(rule);
    measure::Evidence evidence{.name = rule.name, .kind = rule.kind};
    if (kind.on_messages != nullptr) {
      MessageRule made(kind.on_messages(setting), setting, index);
      evidence.off = made.fault().off();
      evidence.shared = !evidence.off && made.shared();
      if (!evidence.off && made.order() != Order::none) ordered_.push_back(message_rules_.size());
      follows_versions_ |= !evidence.off && made.order() == Order::by_instant;
      if (!evidence.off) message_rules_.push_back(std::move(made));
    } else {
      NodeRule made{kind.on_nodes(setting), index};
      evidence.on_nodes = true;
      evidence.off = made.fault->off();
      evidence.shared = !evidence.off && made.fault->shared();
      if (!evidence.off) node_rules_.push_back(std::move(made));
    }
    evidence_.push_back(std::move(evidence));
    opens_.push_back(rule.window.at);
  }
}

bool Layer::judge(Batch& batch, std::size_t first_rule) {
  const Tick first = batch.at().front();
  const Tick last = batch.at().back();
  if (first < open_from_ || last >= open_until_) find_open(first, last);
  bool delayed = false;
  for (MessageRule* rule : open_)
    if (rule->index() >= first_rule && rule->judge(batch, effects_) > 0) delayed |= rule->fault().delays();
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
      measure::Evidence& evidence = evidence_[rule.index];
      evidence.eligible += acted;
      if (unsettled) evidence.hit += acted;
      evidence.add_time(now);
      rule.counted = unsettled;
    }
  }
}

void Layer::unsettled() {
  for (NodeRule& rule : node_rules_)
    if (!std::exchange(rule.counted, true)) evidence_[rule.index].hit += rule.fault->holding();
}

bool Layer::may_kill() const {
  return std::any_of(node_rules_.begin(), node_rules_.end(),
                     [](const NodeRule& rule) { return rule.fault->kills(); });
}

std::vector<measure::Evidence> Layer::evidence(Tick end) const {
  std::vector<measure::Evidence> all = evidence_;
  for (const MessageRule& rule : message_rules_) {
    all[rule.index()].eligible = rule.eligible();
    all[rule.index()].hit = rule.hit();
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].opened = opens_[i] <= end;
    all[i].shared = all[i].shared && all[i].opened;
    all[i].expected_hits = static_cast<double>(all[i].eligible);
  }
  for (const MessageRule& rule : message_rules_) {
    measure::Evidence& evidence = all[rule.index()];
    const std::optional<double> chance = rule.fault().chance();
    evidence.expected_hits =
        std::min(evidence.expected_hits * chance.value_or(1), static_cast<double>(rule.limit()));
    if (rule.limited()) continue;  // how many are hit is no matter of chance alone
    evidence.chance = chance;
    evidence.independent = rule.fault().independent();
  }
  return all;
}

}  // namespace hearsay::faults
