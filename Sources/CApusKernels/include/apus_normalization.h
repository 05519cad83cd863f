// Rows brought to mean 0 and deviation 1, or to root mean square 1 (layer and RMS normalization).
//
// x̂ = (x − mean) · s with s = 1/√(Σ(x − mean)²/n + ε), and y = x̂·gain + bias; with `centered` = 0 the mean is
// taken as 0. Sums over a row keep the order of apus_reduce.h, the product fused into its lane.
#ifndef APUS_NORMALIZATION_H
#define APUS_NORMALIZATION_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

typedef struct {
    /// y [rows, n], and of each row the mean and s. `gain` may be null (then `bias` is too), `bias` may be null;
    /// with both y = fma(x̂, gain, bias).
    void (*forward)(
        const float *x, const float *gain, const float *bias, int64_t rows, int64_t n, float epsilon,
        int centered, float *y, float *means, float *scales);

    /// The gradients behind y to those in front: with h = g·gain (g where gain is null)
    ///
    ///     dx = (fma(−x̂, Σ h·x̂ / n, h − Σ h / n)) · s          (without Σ h / n where not centered)
    ///
    /// and, row after row onto +0, dgain = fma(g, x̂, dgain), dbias = dbias + g; both null where not wanted.
    void (*backward)(
        const float *gradient, const float *x, const float *gain, const float *means,
        const float *scales, int64_t rows, int64_t n, int centered, float *dx, float *dgain,
        float *dbias);
} apus_normalization_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_normalization_kernels *apus_normalization_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
