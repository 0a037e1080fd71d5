#include "tests/tools/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace hearsay::tools {
namespace {

using testing::Descriptor;

constexpr int kHangMilliseconds = 60'000;
constexpr int kOnePage = 4096;

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe make_terminal() {
  std::array<int, 2> ends = {};
  if (openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr) != 0)
    throw std::system_error(errno, std::generic_category(), "openpty");
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Pipe make_pipe() {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// What the child does between fork and exec.
void settle_in(const Surroundings& surroundings) {
  for (const char* name :
       {"NUM_GOROUTINES", "START_PORT", "NUM_NODES_TO_SEND", "SEND_INTERVAL", "NO_COLOR", "GITHUB_ACTIONS"})
    unsetenv(name);
  for (const std::string& variable : surroundings.environment) {
    const std::size_t equals = variable.find('=');
    setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
  }
  if (!surroundings.folder.empty() && chdir(surroundings.folder.c_str()) != 0) std::_Exit(127);
  const rlimit files = {surroundings.most_files, surroundings.most_files};
  if (surroundings.most_files != 0 && setrlimit(RLIMIT_NOFILE, &files) != 0) std::_Exit(127);
  const rlimit bytes = {surroundings.most_bytes, surroundings.most_bytes};
  if (surroundings.most_bytes != 0 && setrlimit(RLIMIT_FSIZE, &bytes) != 0) std::_Exit(127);
}

[[noreturn]] void become_hearsay(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {HEARSAY_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  execv(HEARSAY_PROGRAM, pointers.data());
  std::_Exit(127);
}

/// Appends what is there to read; false at the end.
bool append(int descriptor, std::string& text) {
  std::array<char, 65536> bytes = {};
  const ssize_t count = read(descriptor, bytes.data(), bytes.size());
  if (count > 0) text.append(bytes.data(), static_cast<std::size_t>(count));
  return count > 0;
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "hearsay-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
  path_ = name;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

std::string Folder::path(std::string_view name) const { return path_ + "/" + std::string(name); }

std::string Folder::write(std::string_view name, std::string_view text) const {
  std::ofstream file(path(name), std::ios::binary);
  file << text;
  return path(name);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Process::Process(const std::vector<std::string>& arguments, const Surroundings& surroundings)
    : stdout_(-1), stderr_(-1) {
  Pipe out = surroundings.terminal ? make_terminal() : make_pipe();
  Pipe err = make_pipe();
  if (surroundings.narrow) fcntl(out.read.get(), F_SETPIPE_SZ, kOnePage);
  if (!surroundings.out.empty()) out.write = Descriptor(open(surroundings.out.c_str(), O_WRONLY | O_CLOEXEC));
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) {
    dup2(out.write.get(), STDOUT_FILENO);
    dup2(surroundings.terminal ? out.write.get() : err.write.get(), STDERR_FILENO);
    settle_in(surroundings);
    become_hearsay(arguments);
  }
  stdout_ = std::move(out.read);
  stderr_ = std::move(err.read);
}

Process::~Process() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

bool Process::read_more(bool stdout_too) {
  const int out = stdout_too ? stdout_.get() : -1;
  std::array<pollfd, 2> ends = {{{out, POLLIN, 0}, {stderr_.get(), POLLIN, 0}}};
  if (poll(ends.data(), ends.size(), kHangMilliseconds) <= 0)
    throw std::runtime_error("hearsay hangs; so far it wrote:\n" + out_ + err_);
  if (ends[0].revents != 0 && !append(stdout_.get(), out_)) stdout_ = Descriptor(-1);
  if (ends[1].revents != 0 && !append(stderr_.get(), err_)) stderr_ = Descriptor(-1);
  return (stdout_too && stdout_.get() >= 0) || stderr_.get() >= 0;
}

bool Process::has_ended() const {
  siginfo_t how = {};
  return waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED | WNOHANG | WNOWAIT) != 0 || how.si_pid != 0;
}

void Process::wait_for(std::string_view text) {
  while (out_.find(text) == std::string::npos && err_.find(text) == std::string::npos)
    if (!read_more()) throw std::runtime_error("hearsay ended; it wrote:\n" + out_ + err_);
}

void Process::wait_until_stdout_is_full() const {
  const auto hang = std::chrono::steady_clock::now() + std::chrono::milliseconds(kHangMilliseconds);
  for (int waiting = 0; waiting < kOnePage; ioctl(stdout_.get(), FIONREAD, &waiting))
    if (std::chrono::steady_clock::now() > hang) throw std::runtime_error("hearsay does not write so much");
}

Ended Process::wait_unread() {
  while (read_more(false)) continue;
  return wait();
}

Ended Process::wait() {
  while (read_more()) continue;
  int status = 0;
  waitpid(std::exchange(pid_, -1), &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), out_, err_};
}

Ended hearsay(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  return Process(arguments, surroundings).wait();
}

bool passed(const Ended& ended) {
  if (ended.exit_code != 2) return ended.exit_code == 0;
  const auto result = nlohmann::json::parse(ended.out);
  const auto late = [](const nlohmann::json& reason) {
    return reason.get<std::string>().starts_with("the machine, not the gossip, was measured");
  };
  const auto good = [](const nlohmann::json& expectation) {
    return expectation["verdict"] == "pass" || expectation["why"] == "the machine was too late to tell";
  };
  return std::ranges::all_of(result["reasons"], late) && std::ranges::all_of(result["expectations"], good);
}

std::string quick(std::string_view more) {
  return "cluster.nodes = 4\n"
         "gossip.interval = \"10ms\"\n"
         "publish = { versions = 5, interval = \"10ms\", deadline = \"30s\" }\n" +
         std::string(more);
}

std::string endless() {
  return "cluster.nodes = 4\n"
         "gossip.interval = \"10ms\"\n"
         "publish = { versions = 100000, interval = \"20ms\", deadline = \"10h\" }\n";
}

}  // namespace hearsay::tools
