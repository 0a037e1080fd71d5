#include "base/pages.hpp"

#include <sys/mman.h>

#include <new>

namespace hearsay {

Pages allocate_pages(std::size_t bytes) {
  const bool large = bytes >= kLargePage;
  Pages pages(static_cast<std::byte*>(std::aligned_alloc(large ? kLargePage : kSmallPage, bytes)));
  if (pages == nullptr) throw std::bad_alloc();
  if (large) madvise(pages.get(), bytes, MADV_HUGEPAGE);
  return pages;
}

}  // namespace hearsay
