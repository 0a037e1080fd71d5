#include "faults/layer.hpp"

#include <algorithm>
#include <utility>

#include "base/wide.hpp"
#include "faults/kinds.hpp"

namespace hearsay::faults {
namespace {

HEARSAY_WIDE void mark_going_on(std::size_t count, const std::uint8_t* senders, const Fate* fate,
                                std::uint8_t* marks) {
  for (std::size_t i = 0; i < count; ++i)
    marks[i] = static_cast<std::uint8_t>(senders[i] & static_cast<std::uint8_t>(fate[i] == kGoesOn));
}

HEARSAY_WIDE std::uint32_t sum(const std::uint8_t* marks, std::size_t count) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += marks[i];
  return sum;
}

}  // namespace

Layer::Layer(const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes) {
  for (std::size_t index = 0; index < faults.size(); ++index) {
    const scenario::Fault& rule = faults[index];
    const Setting setting{rule, Key(seed, "fault " + rule.name), nodes, seed};
    const Kind& kind = kind_of(rule);
    measure::Evidence evidence{.name = rule.name, .kind = rule.kind};
    if (kind.on_messages != nullptr) {
      MessageRule made{kind.on_messages(setting), index, Window(rule.window),
                       Selection(rule.from, setting, "from"), Selection(rule.to, setting, "to")};
      evidence.off = made.fault->off();
      evidence.shared = !evidence.off && (rule.from.random() || rule.to.random());
      message_rules_.push_back(std::move(made));
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

bool Layer::judge(Batch& batch) {
  bool delayed = false;
  for (MessageRule& rule : message_rules_)
    if (!evidence_[rule.index].off && judge(batch, rule) > 0) delayed |= rule.fault->delays();
  return delayed;
}

std::uint64_t Layer::judge(Batch& batch, MessageRule& rule) {
  const std::uint64_t eligible = mark(batch, rule);
  if (eligible == 0) return 0;
  const std::uint64_t hits = rule.fault->judge(batch, eligible_, static_cast<Fate>(rule.index + 1));
  evidence_[rule.index].eligible += eligible;
  evidence_[rule.index].hit += hits;
  return hits;
}

std::uint64_t Layer::mark(const Batch& batch, MessageRule& rule) {
  if (!mark_senders(batch, rule)) return 0;
  eligible_.reset(batch);
  std::uint64_t eligible = 0;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto marks = eligible_.column(slot);
    mark_going_on(marks.size(), senders_.data(), batch.fate(slot).data(), marks.data());
    if (!rule.to.everyone()) mark_receivers(batch.to(slot), rule.to, marks);
    eligible += sum(marks.data(), marks.size());
  }
  return eligible;
}

// Whole batches are sent inside one opening, or between two, but for a few at the edges.
bool Layer::mark_senders(const Batch& batch, MessageRule& rule) {
  const auto at = batch.at();
  const auto mark = [&](std::size_t burst, std::optional<std::uint64_t> opening) {
    openings_[burst] = opening.value_or(0);
    senders_[burst] = opening && rule.from.matches(batch.from()[burst], *opening);
  };
  const auto first = rule.window.opening(at.front());
  const bool same = rule.window.change_after(at.front()) > at.back();
  if (same && !first) return false;
  senders_.assign(batch.bursts(), 1);
  openings_.assign(batch.bursts(), first.value_or(0));
  if (same && rule.from.everyone()) return true;
  for (std::size_t burst = 0; burst < at.size(); ++burst)
    mark(burst, same ? first : rule.window.opening(at[burst]));
  return true;
}

void Layer::mark_receivers(std::span<const NodeId> to, Selection& wanted, std::span<std::uint8_t> marks) {
  for (std::size_t burst = 0; burst < to.size(); ++burst)
    if (marks[burst] != 0) marks[burst] = wanted.matches(to[burst], openings_[burst]);
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
      evidence_[rule.index].eligible += acted;
      if (unsettled) evidence_[rule.index].hit += acted;
      rule.counted = unsettled;
    }
  }
}

void Layer::unsettled() {
  for (NodeRule& rule : node_rules_)
    if (!std::exchange(rule.counted, true)) evidence_[rule.index].hit += rule.fault->holding();
}

bool Layer::may_kill() const {
  return std::any_of(node_rules_.begin(), node_rules_.end(), [](const NodeRule& rule) {
    return rule.fault->kills() && rule.fault->next() != kNever;
  });
}

std::vector<measure::Evidence> Layer::evidence(Tick end) const {
  std::vector<measure::Evidence> all = evidence_;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].opened = opens_[i] <= end;
    all[i].shared = all[i].shared && all[i].opened;
  }
  for (measure::Evidence& evidence : all) evidence.expected_hits = static_cast<double>(evidence.eligible);
  for (const MessageRule& rule : message_rules_) {
    measure::Evidence& evidence = all[rule.index];
    evidence.chance = rule.fault->chance();
    evidence.independent = rule.fault->independent();
    evidence.expected_hits *= evidence.chance.value_or(1);
  }
  return all;
}

}  // namespace hearsay::faults
