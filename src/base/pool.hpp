#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <type_traits>
#include <vector>

#include "base/pages.hpp"

namespace hearsay {

/// Pieces of memory of one type, which are used again and again. They come from slabs, each twice as large as
/// the one before, up to a large page. All of it is given back when the pool goes.
template <typename T>
class Pool {
 public:
  /// A piece with anything in it.
  T* get() {
    if (!spare_.empty()) {
      T* const piece = spare_.back();
      spare_.pop_back();
      return piece;
    }
    if (left_ == 0) add_slab();
    --left_;
    return new (fresh_++) T;
  }

  void put(T* piece) { spare_.push_back(piece); }

 private:
  static_assert(std::is_trivially_destructible_v<T>);
  static_assert(kSmallPage % alignof(T) == 0 && sizeof(T) <= kSmallPage);
  static constexpr std::size_t kLeastSlab = 16 * kSmallPage;

  void add_slab() {
    slabs_.push_back(allocate_pages(slab_));
    fresh_ = reinterpret_cast<T*>(slabs_.back().get());
    left_ = slab_ / sizeof(T);
    slab_ = std::min(2 * slab_, kLargePage);
  }

  std::vector<Pages> slabs_;
  std::vector<T*> spare_;
  T* fresh_ = nullptr;  // of the last slab, what was never given
  std::size_t left_ = 0;
  std::size_t slab_ = kLeastSlab;  // the size of the next one
};

}  // namespace hearsay
