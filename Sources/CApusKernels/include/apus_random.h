// Random numbers from a counter: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC 2011).
//
// A key names a stream of 2^64 words of 32 bits. Word p is word p % 4 of the Philox block whose counter is
// (p / 4 low half, p / 4 high half, 0, 0). A fill writes the elements that belong to the positions
// position ..< position + count; element p depends on the key and p alone, so a fill may be cut anywhere.
#ifndef APUS_RANDOM_H
#define APUS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

typedef struct {
    uint32_t words[4];
} apus_philox_block;

/// One block: ten rounds over a counter of 128 bits (two halves, low words first) under a key of 64 bits.
apus_philox_block apus_philox(uint64_t counter_low, uint64_t counter_high, uint64_t key);

typedef struct {
    /// The words themselves.
    void (*words)(uint32_t *out, uint64_t key, uint64_t position, size_t count);

    /// Uniform in [lower, upper): lower + (upper - lower) · u, where u is a word's upper 24 bits times
    /// 2^-24; a value that rounding carries up to `upper` becomes the next smaller float. lower < upper.
    void (*uniform)(
        float *out, uint64_t key, uint64_t position, size_t count, float lower, float upper);

    /// Normal: mean + deviation · z. The words 2j and 2j + 1 give the elements 2j and 2j + 1 by Box and
    /// Muller's transform: radius √(-2 ln u) from the first, of 31 bits, and angle from the second, of 32;
    /// z = radius · cos(angle) and radius · sin(angle). |z| ≤ 6.7.
    void (*normal)(
        float *out, uint64_t key, uint64_t position, size_t count, float mean, float deviation);

    /// 0 with the probability `zero_probability`, in steps of 2^-24, else `value`: 1 for Bernoulli draws,
    /// 1 / (1 - p) for dropout. An element is 0 where `uniform` in [0, 1) would be below the probability.
    void (*mask)(
        float *out, uint64_t key, uint64_t position, size_t count, float zero_probability,
        float value);

    /// x · m, added to `summand` unless that is null: m is 0 where a half of a word, 16 bits, is below the
    /// threshold, else `value`. Element p has half p % 2 (low first) of word p / 2, so that a word serves twice;
    /// `position` is even. The factors lie in the cache only. In place of either allowed.
    void (*dropout)(
        float *out, const float *x, const float *summand, uint64_t key, uint64_t position,
        size_t count, uint32_t threshold, float value);
} apus_random_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_random_kernels *apus_random_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
