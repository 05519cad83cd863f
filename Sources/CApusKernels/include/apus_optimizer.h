// One step of an optimizer, fused: each parameter, gradient and state element is read and written once.
//
// Below, one line is one rounding, fma(a, b, c) = a·b + c rounded once. p is the parameter, g its gradient times the
// gradient scale, a prime marks new values. Scalars that depend on the step number are computed by the caller, in
// double: a rule holds all that changes from step to step, the memory what stays.
#ifndef APUS_OPTIMIZER_H
#define APUS_OPTIMIZER_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// Which formula, and the states it keeps, in their order.
typedef enum {
    APUS_SGD,                             // none
    APUS_SGD_WITH_VELOCITY,               // velocity
    APUS_AVERAGED_SGD,                    // drift
    APUS_ADAGRAD,                         // sum of squares
    APUS_ADADELTA,                        // square, change
    APUS_RMSPROP,                         // square
    APUS_RMSPROP_WITH_VELOCITY,           // square, velocity
    APUS_RMSPROP_CENTERED,                // square, mean
    APUS_RMSPROP_CENTERED_WITH_VELOCITY,  // square, mean, velocity
    APUS_ADAM,                            // mean, square
    APUS_ADAM_WITHOUT_MEAN,               // square
    APUS_AMSGRAD,                         // mean, square, largest
    APUS_NADAM,                           // mean, square
    APUS_LION,                            // mean
    APUS_AVERAGE,                         // none
    APUS_ADAFACTOR,                       // row, column; of a vector: square
} apus_optimizer_kind;

/// Stochastic gradient descent.
///
///     d  = fma(weight_decay, p, g)
///     v' = fma(momentum, v, d)              start at v = 0
///     d' = nesterov ? fma(momentum, v', d) : v'
///     p' = fma(-learning_rate, d', p)
typedef struct {
    float learning_rate, momentum, weight_decay;
    int32_t nesterov;
} apus_sgd_rule;

/// Descent that keeps what the mean of all p needs (Polyak and Juditsky 1992): mean = p − u / steps.
///
///     c  = learning_rate·fma(weight_decay, p, g)
///     p' = p - c
///     u' = u - steps_before·c               the product is rounded first
typedef struct {
    float learning_rate, weight_decay, steps_before;
} apus_averaged_sgd_rule;

/// Adagrad (Duchi, Hazan, Singer 2011). A decaying rate is the caller's: pass the rate of this step.
///
///     d  = fma(weight_decay, p, g)
///     s' = fma(d, d, s)
///     q  = d / (√s' + epsilon)              three roundings: root, sum, quotient
///     p' = fma(-learning_rate, q, p)
typedef struct {
    float learning_rate, weight_decay, epsilon;
} apus_adagrad_rule;

/// Adadelta (Zeiler 2012).
///
///     d  = fma(weight_decay, p, g)
///     s' = fma(gain·d, d, keep·s)           both products are rounded first
///     q  = √(u + epsilon) / √(s' + epsilon) · d
///     u' = fma(gain·q, q, keep·u)
///     p' = fma(-learning_rate, q, p)
typedef struct {
    float learning_rate, weight_decay, epsilon;
    float keep;  // ρ
    float gain;  // 1 - ρ
} apus_adadelta_rule;

/// RMSProp (Tieleman and Hinton 2012), centered as in Graves (2013).
///
///     d  = fma(weight_decay, p, g)
///     s' = fma(gain·d, d, keep·s)
///     m' = fma(gain, d - m, m)              centered only; else m' = 0
///     q  = d / (√max(0, fma(-m', m', s')) + epsilon)
///     v' = fma(momentum, v, q)              with velocity only; else v' = q
///     p' = fma(-learning_rate, v', p)
typedef struct {
    float learning_rate, weight_decay, epsilon, momentum;
    float keep;  // α
    float gain;  // 1 - α
} apus_rmsprop_rule;

/// Adam (Kingma, Ba 2015) and AdamW (Loshchilov, Hutter 2019) at step t = 1, 2, …
///
///     d  = fma(weight_decay, p, g)
///     m' = fma(mean_gain, d - m, m)         the difference is rounded first; without mean m' = d
///     v' = fma(square_gain·d, d, square_keep·v)   both products are rounded first
///     x' = max(x, v')                       AMSGrad only (Reddi et al. 2018); else x' = v'
///     q  = m' / fma(√x', root_scale, epsilon)
///     p' = fma(-step_size, q, parameter_keep·p)
///
/// NAdam (Dozat 2016) puts for m' in the last line but one
///
///     n  = fma(mean_share, m', gradient_share·d)
typedef struct {
    float step_size;       // learning rate / (1 - β1^t); NAdam: the learning rate
    float root_scale;      // 1 / √(1 - β2^t)
    float epsilon;
    float mean_gain;       // 1 - β1
    float square_keep;     // β2
    float square_gain;     // 1 - β2
    float weight_decay;    // Adam's, added to the gradient; 0 for AdamW
    float parameter_keep;  // 1 - learning rate · weight decay for AdamW; 1 for Adam
    float mean_share, gradient_share;  // NAdam's
} apus_adam_rule;

/// Lion (Chen et al. 2023).
///
///     c  = fma(step_gain, g - m, m)         the difference is rounded first, here and below
///     m' = fma(mean_gain, g - m, m)
///     p' = fma(-learning_rate, sign(c), parameter_keep·p)   sign(0) = 0
typedef struct {
    float learning_rate;
    float step_gain;       // 1 - β1
    float mean_gain;       // 1 - β2
    float parameter_keep;  // 1 - learning rate · weight decay
} apus_lion_rule;

/// A mean that follows a parameter: here p is the mean and g the parameter.
///
///     p' = fma(gain, g - p, p)              the difference is rounded first
typedef struct {
    float gain;
} apus_average_rule;

/// Adafactor (Shazeer and Stern 2018) at step t = 1, 2, …; its step takes three passes, see below.
typedef struct {
    float rate;            // ρ
    float keep, gain;      // β2 of this step, and 1 - β2
    float square_floor;    // ε1
    float least_scale;     // ε2; 0 where the rate is not relative to the parameter
    float threshold;       // d
    float parameter_keep;  // 1 - learning rate · weight decay
} apus_adafactor_rule;

/// A formula with its numbers: all that is new in a step.
typedef struct {
    apus_optimizer_kind kind;
    union {
        apus_sgd_rule sgd;
        apus_averaged_sgd_rule averaged_sgd;
        apus_adagrad_rule adagrad;
        apus_adadelta_rule adadelta;
        apus_rmsprop_rule rmsprop;
        apus_adam_rule adam;
        apus_lion_rule lion;
        apus_average_rule average;
        apus_adafactor_rule adafactor;
    };
} apus_optimizer_rule;

/// Where a parameter, its gradient and its states lie.
typedef struct {
    /// May be `parameter` itself; partly overlapping memory is not allowed, here and elsewhere.
    float *parameter_out;
    const float *parameter;
    const float *gradient;
    /// One number that every gradient is multiplied by; null for 1.
    const float *gradient_scale;
    /// As many as the kind keeps, changed in place.
    float *state[3];
} apus_optimizer_memory;

typedef struct {
    /// The elements start ..< end of whole buffers: cut them as you like.
    void (*step)(
        const apus_optimizer_memory *memory, size_t start, size_t end,
        const apus_optimizer_rule *rule);

    /// `gradient` [u, width] is that of the rows `rows` [u] of a table [·, width]; only these rows of parameter and
    /// states advance. first ..< end is a range of u. The rows must differ from each other; of a parameter_out
    /// that is other memory only these rows are written.
    void (*step_rows)(
        const apus_optimizer_memory *memory, const int32_t *rows, size_t width, size_t first,
        size_t end, const apus_optimizer_rule *rule);

    /// Adafactor's first pass, over the rows [first, end) of a matrix [·, width]: q = fma(g, g, square_floor),
    /// state[0] [row] moves towards the mean of the row's q, and `column_sums` [width] gets them added, in the order
    /// of the rows. Of a vector (`column_sums` null) state[0] moves towards each q; width is 1.
    void (*adafactor_squares)(
        const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
        double *column_sums, const apus_optimizer_rule *rule);
    /// The second: Σ u² and Σ p², with u = g · row_factors[row] · column_factors[column], of a vector (factors
    /// null) u = g / √state[0].
    void (*adafactor_norms)(
        const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
        const float *row_factors, const float *column_factors, double *sums);
    /// The third: p' = fma(-step, u, parameter_keep·p).
    void (*adafactor_step)(
        const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
        const float *row_factors, const float *column_factors, float step, float parameter_keep);

    /// Σ x² in double, which neither overflows nor loses small elements beside large ones.
    ///
    /// Chunks of 4096 elements are added in order, from 0. In a chunk lane l of 16 sums the elements l,
    /// l + 16, …, and the lanes are added 8 + 8, 4 + 4, 2 + 2, 1 + 1. Threads that each take chunks and
    /// whose results are added in order, from 0, therefore get the same bits.
    double (*squared_norm)(const float *x, size_t count);

    /// Scales the rows [first, end) of a table [·, width] whose norm is above `limit` back to it; `rows` [u] are
    /// their numbers, null for u itself. The norm is the root of `squared_norm`; one rounding makes limit / norm a
    /// float, one each product.
    void (*limit_row_norms)(
        float *table, const int32_t *rows, size_t width, size_t first, size_t end, float limit);
} apus_optimizer_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_optimizer_kernels *apus_optimizer_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
