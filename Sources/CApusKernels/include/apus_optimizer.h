// One step of an optimizer, fused: each parameter, gradient and state element is read and written once.
//
// The formulas are those of PyTorch's torch.optim; below, one line is one rounding, fma(a, b, c) = a·b + c
// rounded once. Scalars that depend on the step number are computed by the caller, in double.
//
// Every step exists for whole buffers (any range of one: cut them as you like) and for rows, where `values`
// [u, width] is the gradient of the rows `rows` [u] of a table [·, width] and only these rows of parameter
// and state advance; first ..< end is a range of u. The rows must differ from each other.
//
// An output pointer may equal its input (in place) or point to other memory (for rows: to another whole
// table, of which only these rows are written); partly overlapping buffers are not allowed.
#ifndef APUS_OPTIMIZER_H
#define APUS_OPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// Stochastic gradient descent. With momentum 0 there is no velocity: its pointers may be null.
///
///     d  = fma(weight_decay, p, g)
///     v' = fma(momentum, v, d)              start at v = 0
///     d' = nesterov ? fma(momentum, v', d) : v'
///     p' = fma(-learning_rate, d', p)
typedef struct {
    float learning_rate, momentum, weight_decay;
    int nesterov;
} apus_sgd_rule;

/// Adagrad (Duchi, Hazan, Singer 2011). A decaying rate is the caller's: pass the rate of this step.
///
///     d  = fma(weight_decay, p, g)
///     s' = fma(d, d, s)
///     q  = d / (√s' + epsilon)              three roundings: root, sum, quotient
///     p' = fma(-learning_rate, q, p)
typedef struct {
    float learning_rate, weight_decay, epsilon;
} apus_adagrad_rule;

/// Adam (Kingma, Ba 2015) and AdamW (Loshchilov, Hutter 2019) at step t = 1, 2, …
///
///     d  = fma(weight_decay, p, g)
///     m' = fma(mean_gain, d - m, m)         the difference is rounded first
///     v' = fma(square_gain·d, d, square_keep·v)   both products are rounded first
///     q  = m' / fma(√v', root_scale, epsilon)
///     p' = fma(-step_size, q, parameter_keep·p)
typedef struct {
    float step_size;       // learning rate / (1 - β1^t)
    float root_scale;      // 1 / √(1 - β2^t)
    float epsilon;
    float mean_gain;       // 1 - β1
    float square_keep;     // β2
    float square_gain;     // 1 - β2
    float weight_decay;    // Adam's, added to the gradient; 0 for AdamW
    float parameter_keep;  // 1 - learning rate · weight decay for AdamW; 1 for Adam
} apus_adam_rule;

typedef struct {
    void (*sgd)(
        float *parameter_out, float *velocity_out, const float *parameter, const float *velocity,
        const float *gradient, size_t count, const apus_sgd_rule *rule);
    void (*sgd_rows)(
        float *parameter_out, float *velocity_out, const float *parameter, const float *velocity,
        const int32_t *rows, const float *values, size_t width, size_t first, size_t end,
        const apus_sgd_rule *rule);

    void (*adagrad)(
        float *parameter_out, float *sum_out, const float *parameter, const float *sum,
        const float *gradient, size_t count, const apus_adagrad_rule *rule);
    void (*adagrad_rows)(
        float *parameter_out, float *sum_out, const float *parameter, const float *sum,
        const int32_t *rows, const float *values, size_t width, size_t first, size_t end,
        const apus_adagrad_rule *rule);

    /// With mean_gain 1 (β1 = 0) there may be no running mean: its pointers are null then, and m' = d.
    void (*adam)(
        float *parameter_out, float *mean_out, float *square_out, const float *parameter,
        const float *mean, const float *square, const float *gradient, size_t count,
        const apus_adam_rule *rule);
    /// "Lazy" Adam: rows without a gradient keep their moments, the bias correction counts every step.
    void (*adam_rows)(
        float *parameter_out, float *mean_out, float *square_out, const float *parameter,
        const float *mean, const float *square, const int32_t *rows, const float *values, size_t width,
        size_t first, size_t end, const apus_adam_rule *rule);

    /// Σ x² in double, which neither overflows nor loses small elements beside large ones.
    ///
    /// Chunks of 4096 elements are added in order, from 0. In a chunk lane l of 16 sums the elements l,
    /// l + 16, …, and the lanes are added 8 + 8, 4 + 4, 2 + 2, 1 + 1. Threads that each take chunks and
    /// whose results are added in order, from 0, therefore get the same bits.
    double (*squared_norm)(const float *x, size_t count);

    /// out[i] = factor · x[i]; out may equal x.
    void (*scale)(float *out, const float *x, size_t count, float factor);
} apus_optimizer_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_optimizer_kernels *apus_optimizer_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
