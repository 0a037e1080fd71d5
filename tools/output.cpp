#include "tools/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <system_error>
#include <thread>

#include "base/errors.hpp"
#include "tools/exit_code.hpp"
#include "tools/interrupt.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStdout = "-";

std::string destination(const std::string& name) { return name == kStdout ? "to standard output" : name; }

std::string why() { return std::generic_category().message(errno); }

/// Waits for the reader of a named pipe until the user has enough of it. Null, and errno, if it cannot be
/// opened.
File open_to_write(const std::string& name) {
  if (name == kStdout) return {stdout, &std::fflush};
  constexpr auto kLookAgain = std::chrono::milliseconds(20);
  constexpr int kHow = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK;
  int descriptor = -1;
  while ((descriptor = ::open(name.c_str(), kHow, 0666)) < 0 && errno == ENXIO && !interrupted())
    std::this_thread::sleep_for(kLookAgain);
  if (descriptor < 0) return {nullptr, &std::fclose};
  fcntl(descriptor, F_SETFL, 0);
  return {fdopen(descriptor, "w"), &std::fclose};
}

/// False, and errno, if not all of it could be written.
bool write_file(const std::string& name, const std::string& text) {
  const File file = open_to_write(name);
  return file != nullptr && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
         std::fflush(file.get()) == 0;
}

/// Tries whether a file can be written, and leaves it as it is. One that is not there is made, and is gone
/// again with its owner. Throws InputError.
class Trial {
 public:
  explicit Trial(const std::string& name) {
    std::error_code error;
    const fs::file_status status = fs::status(name, error);
    const bool is_pipe = status.type() == fs::file_type::fifo;  // its reader would take the trial for the end
    const File file(is_pipe ? nullptr : std::fopen(name.c_str(), "a"), &std::fclose);
    if (is_pipe ? access(name.c_str(), W_OK) != 0 : file == nullptr)
      throw InputError(fmt::format("{}: cannot be written: {}", name, why()));
    if (status.type() == fs::file_type::not_found) made_ = fs::canonical(name, error);
  }
  ~Trial() {
    std::error_code error;
    if (!made_.empty()) fs::remove(made_, error);
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

 private:
  fs::path made_;
};

std::string named(const std::string& file) { return file.empty() ? "needs the name of a file, or -" : ""; }

using Name = std::vector<std::string>::const_iterator;

/// Under whatever names.
bool any_is_same(Name begin, Name end, const std::string& file) {
  std::error_code error;
  return file != kStdout && std::any_of(begin, end, [&](const std::string& other) {
           return fs::equivalent(file, other, error);
         });
}

}  // namespace

void Outputs::add_to(CLI::App& command, std::string_view format, std::string_view summary) {
  command
      .add_option(fmt::format("--{}", format), files_.emplace_back(),
                  fmt::format("Write {}; - for standard output", summary))
      ->type_name("FILE")
      ->check(named);
}

void Outputs::add_trace_to(CLI::App& command) {
  command.add_option("--trace", trace_, fmt::format("Write {}; - for standard output", kTraceSummary))
      ->type_name("FILE")
      ->check(named);
}

std::vector<std::string> Outputs::asked_for() const {
  std::vector<std::string> names(files_.begin(), files_.end());
  names.push_back(trace_);
  std::erase(names, "");
  return names;
}

void Outputs::check(const std::vector<std::string>& inputs) const {
  const std::vector<std::string> names = asked_for();
  if (std::count(names.begin(), names.end(), kStdout) > 1)
    throw InputError("only one output can go to standard output (-)");
  std::deque<Trial> trials;
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (*name != kStdout) trials.emplace_back(*name);
    if (any_is_same(inputs.begin(), inputs.end(), *name))
      throw InputError(fmt::format(
          "{}: this command needs it, as a scenario or what one extends, a store, a baseline or a program; "
          "the output would replace it",
          *name));
    if (any_is_same(names.begin(), name, *name))
      throw InputError(fmt::format("{}: only one output can go to one file", *name));
  }
}

bool Outputs::to_stdout() const {
  const std::vector<std::string> names = asked_for();
  return std::find(names.begin(), names.end(), kStdout) != names.end();
}

std::string Outputs::trace_name() const { return destination(trace_); }

File Outputs::open_trace() const {
  File file = open_to_write(trace_);
  if (file == nullptr) throw CannotRun(fmt::format("cannot write {}: {}", trace_name(), why()));
  return file;
}

void Outputs::say(const std::string& text) const { to_stdout() ? tell(text) : print(text); }

int Outputs::write(const std::function<std::string(std::size_t)>& text) const {
  int exit_code = kPass;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (files_[i].empty()) continue;
    const std::string written = text(i);
    if (files_[i] == kStdout) {
      print(written);
    } else if (!write_file(files_[i], written)) {
      tell(fmt::format("cannot write {}: {}\n", files_[i], why()));
      exit_code = kCannotRun;
    }
  }
  return exit_code;
}

report::TextStyle Outputs::style() const {
  return {.colour =
              isatty(to_stdout() ? STDERR_FILENO : STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr};
}

}  // namespace hearsay::tools
