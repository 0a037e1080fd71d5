// A tree as TOML: parsed again it says the same.

#include "scenario/written.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "scenario/reader.hpp"
#include "scenario/toml.hpp"
#include "tests/scenario/known.hpp"

namespace hearsay::scenario {
namespace {

using ::testing::HasSubstr;

std::string written_again(const std::string& text) { return to_toml(parse_toml(text, "it.toml")); }

TEST(Written, IsTheTreeInTheOrderOfItsKeys) {
  EXPECT_EQ(written_again("seed = 7\nname = 'a \"b\" \\ c'\n[x.y]\nb = [1, 2.0, { c = true }]\na = {}\n"
                          "[[fault]]\nname = \"two\"\nto = [ \"0..9\" ]\n[[fault]]\nname = \"one\"\n"),
            "name = \"a \\\"b\\\" \\\\ c\"\nseed = 7\n"
            "\n[[fault]]\nname = \"two\"\nto = [\"0..9\"]\n\n[[fault]]\nname = \"one\"\n"
            "\n[x]\ny = { a = {  }, b = [1, 2.0, { c = true }] }\n");
}

// Twice written is the same text, so that what it says has not changed: whole numbers stay whole, reals real.
TEST(Written, IsReadAsItWas) {
  for (const char* text : {"a = 1",
                           "a = -9223372036854775808",
                           "a = 1.0",
                           "a = -0.0",
                           "a = 1e300",
                           "a = 1e-7",
                           "a = 0.1",
                           "a = inf",
                           "a = -inf",
                           "a = nan",
                           "a = false",
                           "a = \"\\n\\u0000\\u001b\\u009b\\t\"",
                           "a = '''\nlong\n\"text\"'''",
                           "a = []",
                           "a = [[], [1, [2]]]",
                           "a = {}",
                           "\"key with \\\"\" = 1",
                           "\"\" = 1",
                           "a.b.c = 1",
                           "[a]",
                           "[[a]]",
                           "a = [{ b = 1 }, 2]",
                           "[[a]]\n[[a.b]]\nc = 1",
                           "a = \"größer 日本\""}) {
    const std::string once = written_again(text);
    EXPECT_EQ(written_again(once), once) << text;
  }
}

TEST(Written, SettingsInForceAreInTheText) {
  const std::string file = ::testing::TempDir() + "written_in_force.toml";
  {
    std::ofstream out(file);
    out << "cluster.nodes = 5\n[[fault]]\nname = \"x\"\nkind = \"drop\"\nprobability = 0.5\n";
  }
  const std::string text = text_in_force(file, {"fault.x.probability=25%", "seed=9"});
  EXPECT_THAT(text, HasSubstr("name = \"written_in_force\"\nseed = 9\n"));
  EXPECT_THAT(text, HasSubstr("probability = \"25%\""));
  EXPECT_THROW(text_in_force(file, {"fault.y.probability=1"}), InputError);
  std::remove(file.c_str());
}

}  // namespace
}  // namespace hearsay::scenario
