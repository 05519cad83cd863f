// GloVe's updates (Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014): for
// each counted pair of a word i and a context j one step of AdaGrad on f(x)·(w·c + b + b' − log x)².
#ifndef APUS_GLOVE_H
#define APUS_GLOVE_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// A pair that was counted.
typedef struct {
    int32_t word, context;
    /// log x of its count x, and f(x), the weight of its error.
    float logarithm, weight;
} apus_glove_pair;

typedef struct {
    /// Numbers of a vector; and how far parts of a row lie apart: a multiple of 16, above `dimension`.
    int64_t dimension, width;
    /// [words, 2 · width]: the vector, its bias, zeros; then the sums of squared steps in the same order, 1
    /// at the beginning. The same for contexts, in other memory.
    float *words, *contexts;
    float rate;
} apus_glove_tables;

typedef struct {
    /// One step for each of `count` pairs, in their order; Σ ½·f·error² before the steps.
    ///
    ///     error = w·c + b + b' − log x,  g = rate·f·error
    ///     w −= g·c / √G,  G += (g·c)²,  the bias with c = 1, and the context's likewise with the old w
    ///
    /// The sums hold the rate too, as in the authors' program: soon it is the sums that decide the steps.
    ///
    /// The product goes over 16 lanes and their fixed tree. A pair whose error is not finite is passed over.
    double (*train)(const apus_glove_tables *tables, const apus_glove_pair *pairs, int64_t count);
} apus_glove_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_glove_kernels *apus_glove_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
