#include "tests/house/arrows.hpp"

#include <filesystem>
#include <optional>
#include <regex>
#include <sstream>

namespace hearsay::house {
namespace {

struct Library {
  std::string prefix;  ///< how its includes begin
  std::set<std::string> owners;
};

// The bench measures libevent and libcurl bare, as the ceiling of what the live world can reach.
const std::vector<Library> kLibraries = {
    {"event", {"live", "bench"}}, {"evhttp", {"live", "bench"}}, {"curl/", {"live", "bench"}},
    {"toml++/", {"scenario"}},    {"boost/", {"verdict"}},       {"sqlite3", {"store"}},
    {"pugixml", {"report"}},
};

struct Include {
  unsigned line;
  std::string path;
};

std::vector<Include> includes_of(const Source& source) {
  static const std::regex directive(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
  std::vector<Include> includes;
  std::istringstream lines(source.text);
  std::string line;
  for (unsigned number = 1; std::getline(lines, line); ++number) {
    std::smatch match;
    if (std::regex_search(line, match, directive)) includes.push_back({number, match[1]});
  }
  return includes;
}

void add_reachable(const std::string& room, std::set<std::string>& rooms) {
  if (!rooms.insert(room).second) return;
  for (const std::string& next : designed_arrows().at(room)) add_reachable(next, rooms);
}

std::set<std::string> reachable_from(const std::string& room) {
  std::set<std::string> rooms;
  add_reachable(room, rooms);
  return rooms;
}

/// Judges the includes of one file after the other.
class Inspection {
 public:
  explicit Inspection(const std::vector<Source>& sources) {
    for (const Source& source : sources) paths_.insert(source.path);
  }

  void inspect(const Source& source) {
    const std::string room = room_of(source.path);
    if (!designed_arrows().contains(room)) {
      found_.push_back(source.path + ": no room of the design");
      return;
    }
    for (const Include& include : includes_of(source)) {
      if (const std::optional<std::string> own = own_file(source, include))
        hold_to_arrows(source, include, *own);
      else
        hold_to_owners(source, include);
    }
  }

  std::vector<std::string> found() const { return found_; }

 private:
  std::optional<std::string> own_file(const Source& source, const Include& include) const {
    const std::filesystem::path beside = std::filesystem::path(source.path).parent_path() / include.path;
    for (const std::filesystem::path& candidate :
         {beside, "src" / std::filesystem::path(include.path), std::filesystem::path(include.path)}) {
      const std::string path = candidate.lexically_normal().generic_string();
      if (paths_.contains(path)) return path;
    }
    return std::nullopt;
  }

  void hold_to_arrows(const Source& source, const Include& include, const std::string& own) {
    const std::string room = room_of(source.path);
    if (!reachable_from(room).contains(room_of(own))) report(source, include, room + " may not include");
  }

  void hold_to_owners(const Source& source, const Include& include) {
    const std::string room = room_of(source.path);
    for (const Library& library : kLibraries)
      if (include.path.starts_with(library.prefix) && !library.owners.contains(room))
        report(source, include, room + " does not own");
    if (include.path.starts_with("boost/")) hold_to_one_file(source, include);
  }

  void hold_to_one_file(const Source& source, const Include& include) {
    if (boost_file_.empty()) boost_file_ = source.path;
    if (boost_file_ != source.path) report(source, include, boost_file_ + " alone may include");
    if (!source.path.ends_with(".cpp")) report(source, include, "a header may not include");
  }

  void report(const Source& source, const Include& include, const std::string& rule) {
    found_.push_back(source.path + ":" + std::to_string(include.line) + ": " + rule + " " + include.path);
  }

  std::set<std::string> paths_;
  std::string boost_file_;
  std::vector<std::string> found_;
};

}  // namespace

const Arrows& designed_arrows() {
  static const Arrows arrows = {
      {"base", {}},
      {"gossip", {"base"}},
      {"scenario", {"base"}},
      {"measure", {"base"}},
      {"faults", {"base", "gossip", "scenario", "measure"}},
      {"core", {"base", "gossip", "scenario", "measure", "faults"}},
      {"sim", {"core"}},
      {"control", {"base", "scenario", "measure", "faults"}},
      {"live", {"core", "control"}},
      {"runs", {"core"}},
      {"theory", {"base", "scenario"}},
      {"verdict", {"base", "scenario", "measure"}},
      {"baseline", {"base", "scenario", "measure", "verdict"}},
      {"store", {"base", "measure"}},
      {"report", {"base", "scenario", "measure", "verdict"}},
      {"tools", {"sim", "live", "runs", "theory", "verdict", "baseline", "store", "report"}},
      {"bench", {"tools"}},
      {"study", {"tools"}},
  };
  return arrows;
}

std::string room_of(const std::string& path) {
  static const std::regex folders(R"(^(?:src/|tools/(?=bench/|study/))?([^/]+)/.*)");
  std::smatch match;
  return std::regex_match(path, match, folders) ? match[1].str() : "";
}

std::vector<std::string> violations(const std::vector<Source>& sources) {
  Inspection inspection(sources);
  for (const Source& source : sources) inspection.inspect(source);
  return inspection.found();
}

Arrows arrows_of_cmake(const std::string& text) {
  static const std::regex line(R"((?:^|\n)room\((\w+)([^)]*)\))");
  Arrows arrows;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
    std::set<std::string>& uses = arrows[(*match)[1]];
    std::istringstream words((*match)[2]);
    bool using_rooms = false;
    for (std::string word; words >> word;) {
      if (word == "USES" || word == "OWNS" || word == "FOLDER")
        using_rooms = word == "USES";
      else if (using_rooms && word.find("::") == std::string::npos)
        uses.insert(word);
    }
  }
  return arrows;
}

}  // namespace hearsay::house
