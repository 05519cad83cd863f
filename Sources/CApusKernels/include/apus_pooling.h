// Extremes over time: the greatest of each column of a matrix, and where it stands.
#ifndef APUS_POOLING_H
#define APUS_POOLING_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

typedef struct {
    /// The greatest element of each of the n columns of x, and the first row in which it stands. Row r starts
    /// at x + r·stride; there is at least one. NaN is greater than every number.
    void (*column_maxima)(
        const float *x, int64_t rows, int64_t n, int64_t stride, float *maxima, int32_t *positions);
} apus_pooling_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_pooling_kernels *apus_pooling_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
