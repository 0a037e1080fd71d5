#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace hearsay {

inline constexpr std::size_t kSmallPage = 4096;
inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

struct FreePages {
  void operator()(std::byte* pages) const { std::free(pages); }
};

/// Memory that begins at a page.
using Pages = std::unique_ptr<std::byte, FreePages>;

/// So many bytes, a multiple of kSmallPage, not yet written. Of kLargePage or more, the system is asked for
/// large pages, which makes memory faster that is read here and there; it may not give them.
Pages allocate_pages(std::size_t bytes);

}  // namespace hearsay
