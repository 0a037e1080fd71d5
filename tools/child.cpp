#include "tools/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <system_error>
#include <utility>

#include "base/errors.hpp"
#include "tools/interrupt.hpp"

namespace hearsay::tools {
namespace {

constexpr int kFirstFile = 3;
constexpr int kAboveFiles = 16;  // where descriptors are kept until the child has its own
constexpr rlim_t kMostBytes = rlim_t{256} << 20;
constexpr int kLookAgainMs = 50;

[[noreturn]] void fail(const std::string& what, int why = errno) {
  throw CannotRun(what + ": " + std::generic_category().message(why));
}

class Kept {
 public:
  explicit Kept(int descriptor) : descriptor_(descriptor) {}
  ~Kept() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Kept(Kept&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  Kept& operator=(Kept&&) = delete;

  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

/// A descriptor, out of the way of the numbers that a child will use. Throws CannotRun, `what` being why, if
/// there is none.
Kept out_of_the_way(int descriptor, const char* what) {
  const Kept low(descriptor);
  if (low.get() < 0) fail(what);
  const int high = fcntl(low.get(), F_DUPFD_CLOEXEC, kAboveFiles);
  if (high < 0) fail("too few descriptors");
  return Kept(high);
}

Kept file_in_memory() {
  return out_of_the_way(memfd_create("hearsay", MFD_CLOEXEC), "no memory for what a program writes");
}

std::string text_of(int descriptor) {
  const off_t size = lseek(descriptor, 0, SEEK_END);
  std::string text(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
  std::size_t read = 0;
  while (read < text.size()) {
    const ssize_t count = pread(descriptor, text.data() + read, text.size() - read, static_cast<off_t>(read));
    if (count <= 0) break;
    read += static_cast<std::size_t>(count);
  }
  text.resize(read);
  return text;
}

/// As long as it lives, what asks this thread to end waits.
class Unasked {
 public:
  Unasked() {
    sigset_t asking;
    sigemptyset(&asking);
    sigaddset(&asking, SIGINT);
    sigaddset(&asking, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &asking, &before_);
  }
  ~Unasked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  Unasked(const Unasked&) = delete;
  Unasked& operator=(const Unasked&) = delete;

  const sigset_t& before() const { return before_; }

 private:
  sigset_t before_;
};

/// What the child does before it is another program. No memory may be taken here.
void become(const char* path, char* const* arguments, int nothing, int out, const std::vector<Kept>& files,
            pid_t parent, const sigset_t& unblocked) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  const rlimit most{kMostBytes, kMostBytes};
  setrlimit(RLIMIT_FSIZE, &most);
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGPIPE, SIG_DFL);
  sigprocmask(SIG_SETMASK, &unblocked, nullptr);
  dup2(nothing, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  for (std::size_t i = 0; i < files.size(); ++i) dup2(files[i].get(), kFirstFile + static_cast<int>(i));
  execv(path, arguments);
}

/// The process of the child, which tells `failure` why it could not become the program. That it is asked to
/// end before it is another program must not go to the handlers that it has from this one.
pid_t start(const char* path, char* const* arguments, int nothing, int out, const std::vector<Kept>& files,
            int failure) {
  std::signal(SIGCHLD, SIG_DFL);  // where it was ignored when we began, nobody would be told how a child ends
  const Unasked unasked;
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) fail(std::string("cannot start ") + path);
  if (child > 0) return child;
  become(path, arguments, nothing, out, files, parent, unasked.before());
  const int why = errno;
  _exit(write(failure, &why, sizeof why) < 0 ? 1 : 127);
}

/// Waits for its end; asks it to end once this program is interrupted.
int wait_for(pid_t child) {
  const Kept handle(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  bool asked = false;
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(child, &status, WNOHANG)) == 0) {
    if (interrupted() && !asked) asked = kill(child, SIGTERM) == 0;
    pollfd end{handle.get(), POLLIN, 0};
    poll(&end, 1, kLookAgainMs);
  }
  if (ended < 0) fail("how a program ended cannot be told");
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

std::string child_file(int number) { return fmt::format("/dev/fd/{}", kFirstFile + number); }

ChildEnded run_child(const std::string& path, const std::vector<std::string>& arguments, int count) {
  const Kept nothing = out_of_the_way(open("/dev/null", O_RDONLY | O_CLOEXEC), "cannot open /dev/null");
  const Kept out = file_in_memory();
  const Kept failure = file_in_memory();
  std::vector<Kept> files;
  for (int i = 0; i < count; ++i) files.push_back(file_in_memory());
  std::vector<std::string> words = {path};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = start(path.c_str(), pointers.data(), nothing.get(), out.get(), files, failure.get());
  ChildEnded ended{.exit_code = wait_for(child), .out = text_of(out.get()), .files = {}};
  int why = 0;
  if (pread(failure.get(), &why, sizeof why, 0) > 0) fail("cannot start " + path, why);
  for (const Kept& file : files) ended.files.push_back(text_of(file.get()));
  return ended;
}

}  // namespace hearsay::tools
