#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace hearsay::runs {

/// How many threads this machine is good for, at least 1.
std::uint32_t processors();

/// Calls `work` on so many threads, this one among them, at least 1, and waits for all. A machine that has no
/// more threads to give does the same on fewer. `work` must not throw.
void on_threads(std::uint64_t threads, const std::function<void()>& work);

/// Calls `each` with 0 … count - 1 on all processors, in any order, but on no more threads than there is work
/// for: `worth_a_thread` calls each. If calls throw, throws what the first of them in the order of the
/// numbers did.
void for_each_at_once(std::size_t count, std::size_t worth_a_thread,
                      const std::function<void(std::size_t)>& each);

}  // namespace hearsay::runs
