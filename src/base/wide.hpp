#pragma once

// HEARSAY_WIDE, before a function: compile it twice, for processors with and without AVX2, and choose when
// the program starts. For loops over columns of integers, which come out the same either way. (The choosing
// runs before sanitizers are ready, so under them there is one version.)

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define HEARSAY_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define HEARSAY_WIDE
#endif
