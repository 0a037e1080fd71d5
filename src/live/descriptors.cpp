#include "live/descriptors.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>

#include "base/errors.hpp"

namespace hearsay::live {
namespace {

// A listener and both ends of one connection a node; standard streams, event loop, transfers in flight,
// output files and foreign clients beside them.
constexpr rlim_t kANode = 3;
constexpr rlim_t kBeside = 160;

}  // namespace

void need_descriptors(std::uint32_t nodes) {
  const rlim_t needed = kANode * nodes + kBeside;
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t most = std::max(needed, limit.rlim_max);
  const rlimit raised = {most, most};
  if (limit.rlim_cur == most || setrlimit(RLIMIT_NOFILE, &raised) == 0) return;
  throw CannotRun(
      fmt::format("{} {} {} open files, but the system allows this process {}; `ulimit -Hn {}` as root, or "
                  "a `nofile` line in /etc/security/limits.conf, raises that",
                  nodes, nodes == 1 ? "node needs" : "nodes need", needed, limit.rlim_max, needed));
}

}  // namespace hearsay::live
