#include "tests/house/arrows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace hearsay::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const std::vector<Source>& tree() {
  static const std::vector<Source> sources = [] {
    const std::filesystem::path root = HEARSAY_SOURCE_DIR;
    std::vector<Source> found;
    for (const char* folder : {"src", "faults", "tools"})
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
          found.push_back({entry.path().lexically_relative(root).generic_string(), text_of(entry.path())});
    std::sort(found.begin(), found.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
    return found;
  }();
  return sources;
}

/// A small house in which all is well.
const std::vector<Source> kHouse = {
    {"src/base/ids.hpp", ""},
    {"src/gossip/push.hpp", "#pragma once\n#include \"base/ids.hpp\"\n"},
    {"src/measure/ledger.hpp", "#include <base/ids.hpp>\n"},
    {"faults/drop.hpp", "#include \"gossip/push.hpp\"\n"},
    {"src/core/driver.hpp", "#include \"faults/drop.hpp\"\n"},
    {"src/live/server.hpp", "#include \"core/driver.hpp\"\n#include \"base/ids.hpp\"\n"},
    {"src/live/server.cpp", "#include \"server.hpp\"\n#include <curl/curl.h>\n#include <event2/http.h>\n"},
    {"src/scenario/toml.cpp", "#include <toml++/toml.h>\n"},
    {"src/verdict/intervals.cpp", "#include <boost/math/distributions/beta.hpp>\n"},
    {"tools/bench/bare.cpp", "#include <curl/curl.h>\n#include \"live/server.hpp\"\n"},
    {"tools/main.cpp", "#include \"live/server.hpp\"\n#include <vector>\n"},
};

std::vector<std::string> violations_with(const Source& added) {
  std::vector<Source> sources = kHouse;
  sources.push_back(added);
  return violations(sources);
}

TEST(Arrows, TheTreeKeepsThem) { EXPECT_THAT(violations(tree()), IsEmpty()); }

TEST(Arrows, EveryRoomIsRead) {
  std::set<std::string> rooms;
  for (const Source& source : tree()) rooms.insert(room_of(source.path));
  for (const auto& [room, uses] : designed_arrows()) EXPECT_TRUE(rooms.contains(room)) << room;
}

TEST(Arrows, TheBuildSaysTheSame) {
  Arrows designed = designed_arrows();
  for (const char* room : {"tools", "bench", "study"}) designed.erase(room);
  EXPECT_EQ(arrows_of_cmake(text_of(std::filesystem::path(HEARSAY_SOURCE_DIR) / "CMakeLists.txt")), designed);
}

TEST(Arrows, BuildLinesAreUnderstood) {
  const Arrows arrows = arrows_of_cmake(
      "# room(old FOLDER src/old)\nroom(base FOLDER src/base USES fmt::fmt)\n"
      "room(core FOLDER src/core\n     USES base gossip OWNS Some::library)\nroom(rest FOLDER rest OWNS "
      "thing)\n");
  EXPECT_EQ(arrows, (Arrows{{"base", {}}, {"core", {"base", "gossip"}}, {"rest", {}}}));
}

TEST(Arrows, AGoodHouseIsAccepted) { EXPECT_THAT(violations(kHouse), IsEmpty()); }

TEST(Arrows, RoomsOfFiles) {
  EXPECT_EQ(room_of("src/live/server.cpp"), "live");
  EXPECT_EQ(room_of("faults/drop.cpp"), "faults");
  EXPECT_EQ(room_of("tools/main.cpp"), "tools");
  EXPECT_EQ(room_of("tools/bench/bare.cpp"), "bench");
  EXPECT_EQ(room_of("tools/study/main.cpp"), "study");
}

TEST(Arrows, AnArrowBackIsReported) {
  EXPECT_THAT(violations_with({"src/gossip/bad.cpp", "\n#include <vector>\n#include \"core/driver.hpp\"\n"}),
              ElementsAre("src/gossip/bad.cpp:3: gossip may not include core/driver.hpp"));
}

TEST(Arrows, EveryWayToWriteAnIncludeIsReported) {
  for (const char* text : {"#include \"core/driver.hpp\"", "  #  include <core/driver.hpp>",
                           "#include\"../core/driver.hpp\"", "#include \"src/core/driver.hpp\" // why"})
    EXPECT_THAT(violations_with({"src/measure/bad.hpp", text}), SizeIs(1)) << text;
}

TEST(Arrows, NeighboursMayNotMeet) {
  EXPECT_THAT(violations_with({"src/measure/bad.hpp", "#include \"gossip/push.hpp\""}), SizeIs(1));
  EXPECT_THAT(violations_with({"src/verdict/bad.hpp", "#include \"faults/drop.hpp\""}), SizeIs(1));
  EXPECT_THAT(violations_with({"tools/bad.hpp", "#include \"bench/bare.cpp\""}), SizeIs(1));
}

TEST(Arrows, AnUnknownRoomIsReported) {
  EXPECT_THAT(violations_with({"src/attic/box.cpp", ""}),
              ElementsAre("src/attic/box.cpp: no room of the design"));
}

TEST(Arrows, ABorrowedLibraryIsReported) {
  for (const char* header : {"event2/event.h", "event.h", "evhttp.h", "curl/curl.h", "toml++/toml.h",
                             "sqlite3.h", "pugixml.hpp", "boost/math/tools/roots.hpp"})
    EXPECT_FALSE(violations_with({"src/core/bad.cpp", "#include <" + std::string(header) + ">"}).empty())
        << header;
}

TEST(Arrows, BoostInASecondFileOrAHeaderIsReported) {
  EXPECT_THAT(violations_with({"src/verdict/more.cpp", "#include <boost/math/tools/roots.hpp>"}),
              ElementsAre("src/verdict/more.cpp:1: src/verdict/intervals.cpp alone may include "
                          "boost/math/tools/roots.hpp"));
  EXPECT_THAT(violations({{"src/verdict/limits.hpp", "#include <boost/math/tools/roots.hpp>"}}),
              ElementsAre("src/verdict/limits.hpp:1: a header may not include boost/math/tools/roots.hpp"));
}

}  // namespace
}  // namespace hearsay::house
