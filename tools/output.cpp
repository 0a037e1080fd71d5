#include "tools/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/errors.hpp"

namespace hearsay::tools {
namespace {

constexpr const char* kStdout = "-";

File open(const std::string& name, const char* mode) {
  return {std::fopen(name.c_str(), mode), &std::fclose};
}

File open_to_write(const std::string& name) {
  return name == kStdout ? File(stdout, &std::fflush) : open(name, "w");
}

std::string shown(const std::string& name) { return name == kStdout ? "to standard output" : name; }

/// Under whatever names, links and files yet to be made included.
bool are_same(const std::string& file, const std::string& other) {
  std::error_code missing;
  return file == other || std::filesystem::equivalent(file, other, missing) ||
         std::filesystem::weakly_canonical(file, missing) ==
             std::filesystem::weakly_canonical(other, missing);
}

using Name = std::vector<std::string>::const_iterator;

bool any_is_same(Name begin, Name end, const std::string& file) {
  return file != kStdout &&
         std::any_of(begin, end, [&](const std::string& other) { return are_same(file, other); });
}

void write_all(const std::string& name, const std::string& text) {
  const File file = open_to_write(name);
  const bool written = file != nullptr &&
                       std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (!written) throw CannotRun(fmt::format("cannot write {}", shown(name)));
}

void check_writable(const std::string& name) {
  const bool was_there = std::filesystem::exists(name);
  const bool writable = open(name, "a") != nullptr;
  if (!writable) throw InputError(fmt::format("{}: cannot be written", name));
  if (!was_there) std::filesystem::remove(name);
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

void Outputs::add_trace_to(CLI::App& command) {
  command
      .add_option("--trace", trace_,
                  "Write every event of every run of one scenario, as JSON lines sorted by time; - for "
                  "standard output")
      ->type_name("FILE");
}

std::vector<std::string> Outputs::asked_for() const {
  std::vector<std::string> names = files_;
  names.push_back(trace_);
  std::erase(names, "");
  return names;
}

void Outputs::check(const std::vector<std::string>& inputs) const {
  const std::vector<std::string> names = asked_for();
  if (std::count(names.begin(), names.end(), kStdout) > 1)
    throw InputError("only one output can go to standard output (-)");
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (any_is_same(inputs.begin(), inputs.end(), *name))
      throw InputError(fmt::format(
          "{}: is a scenario of this command, or extended by one; the output would replace it", *name));
    if (any_is_same(names.begin(), name, *name))
      throw InputError(fmt::format("{}: only one output can go to one file", *name));
  }
  for (const std::string& name : names)
    if (name != kStdout) check_writable(name);
}

bool Outputs::to_stdout() const {
  const std::vector<std::string> names = asked_for();
  return std::find(names.begin(), names.end(), kStdout) != names.end();
}

std::string Outputs::trace_name() const { return shown(trace_); }

File Outputs::open_trace() const {
  File file = open_to_write(trace_);
  if (file == nullptr) throw CannotRun(fmt::format("cannot write {}", trace_name()));
  return file;
}

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
