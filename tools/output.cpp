#include "tools/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/errors.hpp"

namespace hearsay::tools {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open(const std::string& name, const char* mode) {
  return {std::fopen(name.c_str(), mode), &std::fclose};
}

using Name = std::vector<std::string>::const_iterator;

bool any_is_same(Name begin, Name end, const std::string& file) {
  return std::any_of(begin, end, [&](const std::string& other) {
    std::error_code missing;
    return !file.empty() && file != "-" &&
           (file == other || std::filesystem::equivalent(file, other, missing));
  });
}

void write_all(const std::string& name, const std::string& text) {
  File file = name == "-" ? File(stdout, &std::fflush) : open(name, "w");
  const bool written = file != nullptr &&
                       std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (!written) throw CannotRun(fmt::format("cannot write {}", name == "-" ? "to standard output" : name));
}

}  // namespace

void Outputs::add_to(CLI::App& command) {
  files_.resize(report::formats().size());
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const report::Format& format = report::formats()[i];
    command
        .add_option(fmt::format("--{}", format.name), files_[i],
                    fmt::format("Write {}; - for standard output", format.summary))
        ->type_name("FILE");
  }
}

void Outputs::check(const std::vector<std::string>& inputs) const {
  if (std::count(files_.begin(), files_.end(), "-") > 1)
    throw InputError("only one format can go to standard output (-)");
  for (auto name = files_.begin(); name != files_.end(); ++name) {
    if (any_is_same(inputs.begin(), inputs.end(), *name))
      throw InputError(fmt::format("{}: is a scenario of this command; results would replace it", *name));
    if (any_is_same(files_.begin(), name, *name))
      throw InputError(fmt::format("{}: only one format can go to one file", *name));
  }
  for (const std::string& name : files_) {
    if (name.empty() || name == "-") continue;
    const bool was_there = std::filesystem::exists(name);
    const bool writable = open(name, "a") != nullptr;
    if (!writable) throw InputError(fmt::format("{}: cannot be written", name));
    if (!was_there) std::filesystem::remove(name);
  }
}

bool Outputs::to_stdout() const { return std::find(files_.begin(), files_.end(), "-") != files_.end(); }

void Outputs::say(const std::string& text) const {
  std::FILE* where = to_stdout() ? stderr : stdout;
  fmt::print(where, "{}", text);
  std::fflush(where);
}

void Outputs::write(const std::vector<report::Result>& results) const {
  for (std::size_t i = 0; i < files_.size(); ++i)
    if (!files_[i].empty()) write_all(files_[i], report::formats()[i].write(results));
}

report::TextStyle Outputs::style() const {
  return {.colour =
              isatty(to_stdout() ? STDERR_FILENO : STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr};
}

}  // namespace hearsay::tools
