// Losses that come in runs: the model of E. N. Gilbert, "Capacity of a burst-noise channel", BSTJ 39 (1960),
// and E. O. Elliott, "Estimates of error rates for codes on burst-noise channels", BSTJ 42 (1963).

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "faults/kinds.hpp"
#include "faults/scope.hpp"
#include "faults/strength.hpp"

namespace hearsay::faults {
namespace {

/// A chain that is good or bad, and moves before each message: from good to bad with chance p, back with r.
struct Model {
  double p;
  double r;
  double bad_loss;
  double good_loss;

  /// The share of messages that find the chain bad.
  double bad() const { return p + r == 0 ? 0 : p / (p + r); }
  double loss() const { return bad() * bad_loss + (1 - bad()) * good_loss; }
};

/// All is lost in bad, and nothing in good; runs of losses have a geometric length of this mean.
Model of_runs(double loss, double length) {
  if (loss >= 1) return {1, 0, 1, 0};
  const double r = 1 / length;
  return {std::min(1.0, r * loss / (1 - loss)), r, 1, 0};
}

/// The shortest mean run that this much loss can come in: with shorter ones, good would have to last less
/// than one message.
double least_length(double loss) { return loss >= 1 ? 1 : loss / (1 - loss); }

bool by_runs(const scenario::Fault& rule) { return rule.has("burst_length"); }

class Burst final : public MessageFault {
 public:
  explicit Burst(const Setting& setting)
      : key_(setting.key),
        scope_(setting.rule.get<std::string>("scope")),
        length_(by_runs(setting.rule) ? setting.rule.get<double>("burst_length") : 0),
        loss_(setting.rule, "probability"),
        p_(setting.rule, "p"),
        r_(setting.rule, "r"),
        bad_loss_(setting.rule, "1-h", 1),
        good_loss_(setting.rule, "1-k"),
        ramped_(setting.rule.ramp.has_value()),
        model_(model_at(setting.rule.window.at)) {}

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects&) override {
    std::uint64_t hits = 0;
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
        if (eligible.column(slot)[burst] == 0) continue;
        if (!loses(scope_.of(batch.from()[burst], batch.to(slot)[burst]), batch.at()[burst])) continue;
        batch.fate(slot)[burst] = mine;
        ++hits;
      }
    return hits;
  }

  bool off() const override {
    if (length_ != 0) return loss_.most() == 0;
    return good_loss_.most() == 0 && (p_.most() == 0 || bad_loss_.most() == 0);
  }
  Order order() const override { return Order::by_time; }
  std::optional<double> chance() const override {
    return ramped_ ? std::nullopt : std::optional(model_.loss());
  }

 private:
  struct Chain {
    std::uint64_t messages = 0;  // so far
    bool bad = false;
  };

  Model model_at(Tick at) const {
    if (length_ != 0) return of_runs(loss_.at(at), length_);
    return {p_.at(at), r_.at(at), bad_loss_.at(at), good_loss_.at(at)};
  }

  /// Whether the next message of this scope is lost. One word moves the chain: low ones make it bad, from
  /// either state, so that a greater loss is bad, as a rule, wherever a smaller one is.
  bool loses(std::uint64_t scope, Tick at) {
    const Model model = ramped_ ? model_at(at) : model_;
    Chain& chain = chains_[scope];
    const auto number = chain.messages++;
    const Block drawn = key_.with(scope).block(static_cast<std::uint32_t>(number),
                                               static_cast<std::uint32_t>(number >> 32), 0, 0);
    const double to_bad = number == 0 ? model.bad() : chain.bad ? 1 - model.r : model.p;
    chain.bad = Chance(to_bad).hits(drawn[0]);
    return Chance(chain.bad ? model.bad_loss : model.good_loss).hits(drawn[1]);
  }

  Key key_;
  Scope scope_;
  double length_;  // 0: the model is written as p and r
  Strength loss_;
  Strength p_;
  Strength r_;
  Strength bad_loss_;
  Strength good_loss_;
  bool ramped_;
  Model model_;
  std::unordered_map<std::uint64_t, Chain> chains_;  // by scope; looked up only, never iterated
};

constexpr const char* kEitherModel =
    "\"probability\" with \"burst_length\", or \"p\" with \"r\" and, if need be, \"1-h\" and \"1-k\"";

using Misfits = std::vector<scenario::Misfit>;

/// Either the loss and its runs, or the chances of the chain.
Misfits check_burst(const scenario::Fault& rule) {
  const auto given = [&rule](std::string_view name) {
    return rule.written.find(name) != nullptr || rule.ramps(name);
  };
  if (Misfits misfits = scenario::exactly_one_of(rule, {"probability", "p"}); !misfits.empty())
    return misfits;
  const bool runs = !rule.has("p") && !rule.ramps("p");
  for (const std::string_view name : {"burst_length", "r", "1-h", "1-k"}) {
    const bool of_runs = name == "burst_length";
    if (given(name) && of_runs != runs)
      return {{name,
               fmt::format("belongs to \"{}\", not to \"{}\"", of_runs ? "probability" : "p",
                           of_runs ? "p" : "probability"),
               kEitherModel}};
  }
  if (!given(runs ? "burst_length" : "r"))
    return {{"", runs ? "needs a \"burst_length\" beside \"probability\"" : "needs an \"r\" beside \"p\"",
             kEitherModel}};
  if (!runs) return {};
  const double loss =
      rule.ramps("probability") ? std::max(rule.ramp->from, rule.ramp->to) : rule.get<double>("probability");
  if (rule.get<double>("burst_length") >= least_length(loss)) return {};
  return {{"burst_length",
           fmt::format("must be at least {:.6g} where {:g}% are lost", least_length(loss), loss * 100),
           fmt::format("at least {:.6g}", least_length(loss))}};
}

}  // namespace

Kind burst() {
  return {.known = {.declaration =
                        {.name = "burst",
                         .summary = "takes messages in runs, by the model of Gilbert and Elliott",
                         .parameters = {{"probability", ParameterType::share, "none", "the mean loss"},
                                        {"burst_length", ParameterType::number, "none",
                                         "how many messages are lost in a row, in the mean"},
                                        {"p", ParameterType::share, "none",
                                         "or, instead of these: the chance to turn bad before a message"},
                                        {"r", ParameterType::share, "none", "and to turn good again"},
                                        {"1-h", ParameterType::share, "100%",
                                         "the chance that a message is taken while it is bad"},
                                        {"1-k", ParameterType::share, "0%", "and while it is good"},
                                        Scope::parameter("which messages share a chain")},
                         .worlds = "sim, live"},
                    .on_messages = true,
                    .lasting = true,
                    .ramps = {"probability", "p", "r", "1-h", "1-k"},
                    .check = check_burst},
          .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
            return std::make_unique<Burst>(setting);
          },
          .on_nodes = nullptr};
}

}  // namespace hearsay::faults
