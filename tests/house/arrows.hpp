#pragma once

// Holds the includes of the tree to the arrows of the design, and libraries to the rooms that own them.

#include <map>
#include <set>
#include <string>
#include <vector>

namespace hearsay::house {

/// A file: its path from the root of the repository, and what it says.
struct Source {
  std::string path;
  std::string text;
};

/// For each room those it leans on directly.
using Arrows = std::map<std::string, std::set<std::string>>;

/// The arrows of the design. A room may include those it leans on, directly or through others.
const Arrows& designed_arrows();

/// The room that a file belongs to: "live" for src/live/server.cpp, "faults", "tools"; "bench" for
/// tools/bench/, "study" for tools/study/.
std::string room_of(const std::string& path);

/// Every include that runs against the arrows, takes a library from outside the room that owns it, or brings
/// Boost into a header or into a second file: "src/gossip/push.cpp:3: gossip may not include
/// core/driver.hpp". `sources` must hold all files that could be included, since that is how an include is
/// told from a library's.
std::vector<std::string> violations(const std::vector<Source>& sources);

/// What the room(...) lines of a CMakeLists.txt say.
Arrows arrows_of_cmake(const std::string& text);

}  // namespace hearsay::house
