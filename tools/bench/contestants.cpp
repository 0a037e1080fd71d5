#include <array>

#include "tools/bench/contestant.hpp"

namespace hearsay::bench {

std::span<const Contestant> live_contestants() {
  static constexpr std::array<Contestant, 3> kContestants{{
      {"limit", "hand-written epoll client and servers", run_limit},
      {"ceiling", "tuned curl multi clients and evhttp servers, no gossip", run_ceiling},
      {"live", "the live world, one fault that never hits", run_live_world},
  }};
  return kContestants;
}

}  // namespace hearsay::bench
