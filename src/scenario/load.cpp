#include "scenario/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <optional>
#include <system_error>
#include <vector>

#include "scenario/kinds.hpp"
#include "scenario/text.hpp"
#include "scenario/toml.hpp"

namespace hearsay::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kMostFiles = 8;

/// What `extends` says, and where.
struct Extension {
  std::string text;
  Location where;
};

/// Throws with `why` at the file itself, or, for a base, where it is named.
[[noreturn]] void refuse(const fs::path& path, const std::optional<Extension>& from, const std::string& why) {
  if (!from) fail({path.string()}, why);
  fail(from->where, fmt::format("cannot extend {}: {}", quote(from->text), why));
}

/// Why a file is not even to be opened: a pipe or a device may never end. Empty for a regular file.
std::string unfit(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return "no such file";
  if (error) return "cannot be read: " + error.message();
  if (fs::is_directory(status)) return "is a directory, not a scenario file";
  return fs::is_regular_file(status) ? "" : "is not a regular file";
}

std::string read_text_file(const fs::path& path, const std::optional<Extension>& from) {
  const std::string why = unfit(path);
  if (!why.empty()) refuse(path, from, why);
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse(path, from, "cannot be read: " + std::generic_category().message(errno));
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) refuse(path, from, "cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMostBytes) refuse(path, from, "larger than 1 MiB");
  return text;
}

std::optional<Extension> take_extension(Table& tree) {
  const Member* member = tree.find("extends");
  if (member == nullptr) return {};
  Reading<std::string> reading = plain_text("base.toml").read(member->node);
  if (!reading.value) fail(member->node.where, "\"extends\" " + reading.why);
  Extension extension{*std::move(reading.value), member->node.where};
  tree.erase("extends");
  return extension;
}

fs::path identity(const fs::path& path) {
  std::error_code error;
  fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical;
}

/// `chain` holds the files that led here.
Table load(const fs::path& path, const std::optional<Extension>& from, std::vector<fs::path>& chain) {
  if (chain.size() == kMostFiles) refuse(path, from, "files extend each other in a chain of more than 8");
  const fs::path self = identity(path);
  if (std::find(chain.begin(), chain.end(), self) != chain.end()) {
    refuse(path, from, "the files extend each other in a circle");
  }
  chain.push_back(self);
  Table tree = parse_toml(read_text_file(path, from), path.string());
  const std::optional<Extension> extension = take_extension(tree);
  if (!extension) return tree;
  Table base = load((path.parent_path() / extension->text).lexically_normal(), extension, chain);
  base.erase("name");
  merge(base, std::move(tree));
  return base;
}

}  // namespace

Loaded load(const fs::path& path) {
  Loaded loaded;
  loaded.tree = load(path, {}, loaded.files);
  return loaded;
}

}  // namespace hearsay::scenario
