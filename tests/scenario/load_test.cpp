// Scenarios as files: what can be wrong with a file, and files that extend others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "hearsay-load-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  /// The errors of reading the file `name`, with the folder cut out of the paths.
  std::string errors_of(const std::string& name, std::string_view beneath = {}) {
    try {
      read(folder_ / name, known(), {}, beneath);
      return "";
    } catch (const InputError& error) {
      std::string text = error.what();
      const std::string prefix = folder_.string() + "/";
      for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
        text.erase(at, prefix.size());
      }
      return text;
    }
  }

  Scenario read_file(const std::string& name) { return read(folder_ / name, known()); }

  fs::path folder_;
};

TEST_F(Files, GiveTheirNameAndPath) {
  const fs::path path = write("loss-30.toml", "cluster.nodes = 3");
  const Scenario scenario = read(path, known());
  EXPECT_EQ(scenario.name, "loss-30");
  EXPECT_EQ(scenario.file, path.string());
}

TEST_F(Files, NameAllThatWereRead) {
  write("bases/base.toml", "cluster.nodes = 3");
  write("middle.toml", "extends = 'bases/base.toml'");
  fs::create_symlink("middle.toml", folder_ / "link.toml");
  write("top.toml", "extends = './link.toml'");
  const fs::path folder = fs::canonical(folder_);
  EXPECT_THAT(read_file("top.toml").files,
              ElementsAre(folder / "top.toml", folder / "middle.toml", folder / "bases/base.toml"));
}

TEST_F(Files, TakeSettings) {
  write("a.toml", "cluster.nodes = 3");
  EXPECT_EQ(read(folder_ / "a.toml", known(), {"cluster.nodes=4"}).cluster.nodes, 4U);
}

TEST_F(Files, BeatWhatLiesBeneathThem) {
  write("base.toml", "seed = 2");
  write("a.toml", "extends = 'base.toml'\n[cluster]\nnodes = 3\n");
  const Scenario scenario = read(folder_ / "a.toml", known(), {"gossip.rounds=9"},
                                 "seed = 1\nworld = 'sim'\ncluster = { nodes = 5, start_port = 80 }\n");
  EXPECT_EQ(scenario.name, "a");
  EXPECT_EQ(scenario.seed, 2U);
  EXPECT_EQ(scenario.world, "sim");
  EXPECT_EQ(scenario.cluster.nodes, 3U);
  EXPECT_EQ(scenario.cluster.start_port, 80);
  EXPECT_EQ(scenario.gossip.rounds, 9U);
  EXPECT_EQ(errors_of("a.toml", "world = 'x'"),
            "the environment:1:9: \"world\" must be \"live\" or \"sim\", not \"x\"");
}

TEST_F(Files, ThatCannotBeReadSayWhy) {
  fs::create_directory(folder_ / "folder");
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  fs::create_symlink("loop", folder_ / "loop");
  write("file", "");
  EXPECT_EQ(errors_of("missing.toml"), "missing.toml: no such file");
  EXPECT_EQ(errors_of("folder"), "folder: is a directory, not a scenario file");
  EXPECT_EQ(errors_of("pipe"), "pipe: is not a regular file");
  EXPECT_EQ(errors_of("loop"), "loop: cannot be read: Too many levels of symbolic links");
  EXPECT_EQ(errors_of("file/x.toml"), "file/x.toml: no such file");
  EXPECT_EQ(errors_of(std::string(300, 'x')), std::string(300, 'x') + ": cannot be read: File name too long");
}

TEST_F(Files, WithoutPermissionSayWhy) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::permissions(write("secret.toml", "cluster.nodes = 3"), fs::perms::none);
  EXPECT_EQ(errors_of("secret.toml"), "secret.toml: cannot be read: Permission denied");
}

TEST_F(Files, OverOneMebibyteAreRefused) {
  const std::string start = "cluster.nodes = 3\n#";
  const std::size_t mebibyte = std::size_t{1} << 20;
  write("most.toml", start + std::string(mebibyte - start.size(), 'x'));
  write("more.toml", start + std::string(mebibyte - start.size() + 1, 'x'));
  write("ten.toml", std::string(10 * mebibyte, 'x'));
  EXPECT_EQ(errors_of("most.toml"), "");
  EXPECT_EQ(errors_of("more.toml"), "more.toml: larger than 1 MiB");
  EXPECT_EQ(errors_of("ten.toml"), "ten.toml: larger than 1 MiB");
}

TEST_F(Files, WithNothingOrJunkInThemSayWhere) {
  write("empty.toml", "");
  write("binary.toml", std::string("\x7f"
                                   "ELF\x02\x01\0\0",
                                   8));
  write("zeros.toml", std::string(1000, '\0'));
  write("latin1.toml", "name = \"gr\xfc\xdf\"");
  EXPECT_EQ(errors_of("empty.toml"),
            "empty.toml: missing key \"nodes\" in [cluster]: a whole number from 1 to 268435456, such as 50");
  EXPECT_EQ(
      errors_of("binary.toml"),
      "binary.toml:1:1: not valid TOML (root table): expected keys, tables, whitespace or comments, saw "
      "'\\u007F'");
  EXPECT_EQ(errors_of("zeros.toml"),
            "zeros.toml:1:1: not valid TOML (root table): expected keys, tables, whitespace or comments, saw "
            "'\\u0000'");
  EXPECT_EQ(errors_of("latin1.toml"), "latin1.toml:1:10: not valid TOML: Encountered invalid utf-8 sequence");
}

TEST_F(Files, ExtendAnother) {
  write("base.toml",
        "name = 'base'\nseed = 5\n[cluster]\nnodes = 20\ncommit = 'alive'\n"
        "[[fault]]\nname = 'a'\nkind = 'drop'\nprobability = 0.1\n[[expect]]\nthat = 'lost == 0'\n");
  write("loss.toml",
        "extends = 'base.toml'\n[cluster]\nnodes = 30\n[[fault]]\nname = 'b'\nkind = 'drop'\n"
        "probability = 0.2\n");
  const Scenario scenario = read_file("loss.toml");
  EXPECT_EQ(scenario.name, "loss");
  EXPECT_EQ(scenario.seed, 5U);
  EXPECT_EQ(scenario.cluster.nodes, 30U);
  EXPECT_EQ(scenario.cluster.commit, CommitRule::alive);
  ASSERT_EQ(scenario.faults.size(), 1U);
  EXPECT_EQ(scenario.faults[0].name, "b");
  ASSERT_EQ(scenario.expectations.size(), 1U);
  EXPECT_EQ(scenario.expectations[0].where.file, (folder_ / "base.toml").string());
  EXPECT_EQ(scenario.expectations[0].where.line, 11U);
}

TEST_F(Files, ExtendInAChainEachRelativeToItself) {
  write("base.toml", "cluster.nodes = 20\nseed = 1\nworld = 'sim'\n");
  write("sub/middle.toml", "extends = '../base.toml'\nseed = 2\n");
  write("top.toml", "extends = 'sub/middle.toml'\nname = 'top of all'\n");
  const Scenario scenario = read_file("top.toml");
  EXPECT_EQ(scenario.name, "top of all");
  EXPECT_EQ(scenario.seed, 2U);
  EXPECT_EQ(scenario.world, "sim");
  EXPECT_EQ(scenario.cluster.nodes, 20U);
}

TEST_F(Files, PlaceProblemsInTheFileThatHasThem) {
  write("sub/base.toml", "[cluster]\nnodes = 20\nstart = 1\n[gossip]\nfanout = 25\nrounds = -1\n");
  write("top.toml", "extends = './sub/base.toml'\n[gossip]\nrounds = -2\n");
  EXPECT_EQ(
      errors_of("top.toml"),
      "sub/base.toml:3:1: unknown key \"start\" in [cluster]; known are \"nodes\", \"start_port\", "
      "\"commit\" and \"groups\"\n"
      "sub/base.toml:5:10: \"fanout\" in [gossip] must be at most 20, the number of nodes, not 25\n"
      "top.toml:3:10: \"rounds\" in [gossip] must be a whole number from 0 to 1000000, such as 5, not -2");
}

TEST_F(Files, ThatExtendWhatCannotBeReadSayWhere) {
  write("a.toml", "seed = 1\nextends = 'missing.toml'");
  write("b.toml", "extends = '.'");
  write("c.toml", "extends = 3");
  write("d.toml", "extends = ''");
  write("e.toml", "extends = 'broken.toml'");
  write("f.toml", "extends = \"x\\u0000\"");
  write("broken.toml", "cluster.nodes = \n");
  EXPECT_EQ(errors_of("a.toml"), "a.toml:2:11: cannot extend \"missing.toml\": no such file");
  EXPECT_EQ(errors_of("b.toml"), "b.toml:1:11: cannot extend \".\": is a directory, not a scenario file");
  EXPECT_EQ(errors_of("c.toml"),
            "c.toml:1:11: \"extends\" must be a text of one line, such as \"base.toml\", not 3");
  EXPECT_EQ(errors_of("d.toml"),
            "d.toml:1:11: \"extends\" must be a text of one line, such as \"base.toml\", not \"\"");
  EXPECT_THAT(errors_of("e.toml"), HasSubstr("broken.toml:1:17: not valid TOML"));
  EXPECT_EQ(errors_of("f.toml"),
            "f.toml:1:11: \"extends\" must be a text of one line, such as \"base.toml\", not \"x\\u0000\"");
}

TEST_F(Files, MustNotExtendInACircle) {
  write("self.toml", "extends = 'self.toml'\ncluster.nodes = 3");
  write("a.toml", "extends = 'b.toml'");
  write("b.toml", "extends = 'sub/../a.toml'");
  fs::create_directory(folder_ / "sub");
  EXPECT_EQ(errors_of("self.toml"),
            "self.toml:1:11: cannot extend \"self.toml\": the files extend each other in a circle");
  EXPECT_EQ(errors_of("a.toml"),
            "b.toml:1:11: cannot extend \"sub/../a.toml\": the files extend each other in a circle");
}

TEST_F(Files, ExtendAtMostEightDeep) {
  write("1.toml", "cluster.nodes = 3");
  for (int i = 2; i <= 9; ++i) {
    write(std::to_string(i) + ".toml", "extends = '" + std::to_string(i - 1) + ".toml'");
  }
  EXPECT_EQ(errors_of("8.toml"), "");
  EXPECT_EQ(errors_of("9.toml"),
            "2.toml:1:11: cannot extend \"1.toml\": files extend each other in a chain of more than 8");
}

}  // namespace
}  // namespace hearsay::scenario
