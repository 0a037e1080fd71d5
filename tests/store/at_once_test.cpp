// A store that many threads use at once.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tests/store/filled.hpp"

namespace hearsay::store {
namespace {

class StoreAtOnce : public InAFolder {};

TEST_F(StoreAtOnce, IsFilledAndReadByAnyThread) {
  constexpr std::size_t kCells = 32;
  Plan plan = three_cells();
  plan.cells.clear();
  for (std::size_t cell = 0; cell < kCells; ++cell) plan.cells.push_back(fanout(fmt::to_string(cell)));
  Store store(path(), plan);
  std::atomic<std::size_t> next = 0;
  const auto use = [&] {
    for (std::size_t cell = next++; cell < kCells; cell = next++) {
      EXPECT_FALSE(store.has(cell));
      store.keep(cell, all_kinds(cell));
      EXPECT_TRUE(store.has(cell));
      EXPECT_EQ(loaded(store, cell).outcome.seed, cell);
      EXPECT_GT(store.finished(), 0U);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(use);
  }
  EXPECT_EQ(store.finished(), kCells);
  EXPECT_EQ(Store(path()).finished(), kCells);
}

}  // namespace
}  // namespace hearsay::store
