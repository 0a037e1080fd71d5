#include "runs/at_once.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hearsay::runs {
namespace {

/// What was thrown by the least number.
class FirstThrown {
 public:
  void add(std::size_t number) {
    const std::lock_guard lock(mutex_);
    if (thrown_ && number_ < number) return;
    thrown_ = std::current_exception();
    number_ = number;
  }

  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr thrown_;
  std::size_t number_ = 0;
};

}  // namespace

std::uint32_t processors() { return std::max(1U, std::thread::hardware_concurrency()); }

void on_threads(std::uint64_t threads, const std::function<void()>& work) {
  std::vector<std::jthread> others;
  try {
    while (others.size() + 1 < threads) others.emplace_back(work);
  } catch (const std::system_error&) {
    return work();
  }
  work();
}

void for_each_at_once(std::size_t count, std::size_t worth_a_thread,
                      const std::function<void(std::size_t)>& each) {
  FirstThrown thrown;
  std::atomic<std::size_t> next = 0;
  const std::size_t threads = (count + worth_a_thread - 1) / worth_a_thread;
  on_threads(std::min<std::size_t>(processors(), threads), [&] {
    for (std::size_t number = next++; number < count; number = next++) {
      try {
        each(number);
      } catch (...) {
        thrown.add(number);
      }
    }
  });
  thrown.rethrow();
}

}  // namespace hearsay::runs
