#include <cstdint>
#include <optional>
#include <string>

#include "faults/kinds.hpp"
#include "faults/probability.hpp"

namespace hearsay::faults {
namespace {

/// A message without its response is delivered; its sender never hears of that.
class Drop final : public MessageFault {
 public:
  explicit Drop(const Setting& setting)
      : request_key_(setting.key), response_key_(setting.key.with("response")), probability_(setting) {
    const auto& what = setting.rule.get<std::string>("what");
    requests_ = what != "response";
    responses_ = what != "request";
  }

  std::uint64_t judge(Batch& batch, const Eligible& eligible, Fate mine, Effects&) override {
    std::uint64_t hits = 0;
    if (requests_) {
      hits += probability_.draw(batch, request_key_, eligible, hits_);
      if (hits != 0) take(batch, hits_, mine);
    }
    return responses_ ? hits + drop_responses(batch, eligible) : hits;
  }

  bool off() const override { return probability_.never(); }

  std::optional<double> chance() const override {
    const std::optional<double> one = probability_.chance();
    if (!one || !requests_ || !responses_) return one;
    return 1 - (1 - *one) * (1 - *one);
  }
  bool independent() const override { return probability_.constant(); }

 private:
  std::uint64_t drop_responses(Batch& batch, const Eligible& eligible) {
    answered_ = eligible;
    if (requests_) answered_.keep_going_on(batch);
    const std::uint64_t hits = probability_.draw(batch, response_key_, answered_, hits_);
    if (hits != 0) mark(batch, hits_, kUnanswered);
    return hits;
  }

  Key request_key_;
  Key response_key_;
  Probability probability_;
  bool requests_;
  bool responses_;
  Eligible answered_;
  Eligible hits_;
};

}  // namespace

Kind drop() {
  return {
      .known = {.declaration =
                    {.name = "drop",
                     .summary = "takes messages, each independently of all others",
                     .parameters = {{"probability", ParameterType::share, "",
                                     "the chance that a message is taken"},
                                    {"what",
                                     ParameterType::choice,
                                     "request",
                                     "the message; or its response: it is delivered, but its sender never "
                                     "hears of that; or each of them by this chance",
                                     {"request", "response", "both"}}},
                     .worlds = "sim, live"},
                .on_messages = true,
                .lasting = true,
                .ramps = {"probability"}},
      .on_messages = [](const Setting& setting) -> std::unique_ptr<MessageFault> {
        return std::make_unique<Drop>(setting);
      },
      .on_nodes = nullptr};
}

}  // namespace hearsay::faults
