// What a recurrent cell does to a step's sums, for a block of rows: the gates, the new state, and the way back.
//
// The sums h·W_hhᵀ come from the matrix product; these loops go over them while they are still in the cache. A
// row takes part in a step while the step's time is below the row's length; otherwise its state stays, and what
// it gives out (states, gates, gradients) is 0.
//
// Rows of `width` units; a row of gates holds the cell's gates one after another, each of `width`: i f g o of
// the LSTM, r z n of the GRU, one of the others. σ and tanh are those of apus_math.h, to the bit.
#ifndef APUS_RECURRENT_H
#define APUS_RECURRENT_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// One step of a block of rows. Numbers named `_row` lead from one row to the next; `product` is contiguous.
typedef struct {
    size_t rows, width;
    int32_t time;
    const int32_t *lengths;
    float leak;              // of the leaky cell
    const float *product;    // h·W_hhᵀ: rows of all gates
    const float *bias;       // the GRU's b_hh, all gates; NULL for 0
    float *gates;            // x·W_ihᵀ + b; becomes what the way back reads
    size_t gates_row;
    float *hidden;           // h before the step, then after it
    float *cell;             // c likewise, of the LSTM
    size_t hidden_row;       // of both
    float *states;           // receives h (`gates` itself for a plain cell)
    size_t states_row;
    float *cells;            // receives c
    size_t cells_row;
} apus_recurrent_step;

/// One step of a block of rows on the way back.
typedef struct {
    size_t rows, width;
    int32_t time;
    const int32_t *lengths;
    int is_reversed;         // time runs backwards in this direction
    float leak;
    const float *gradient;   // of the states at this time
    size_t gradient_row;
    const float *states;     // at this time
    size_t states_row;
    const float *gates;      // as the way forward left them
    size_t gates_row;
    const float *cells;      // at this time
    size_t cells_row;
    ptrdiff_t states_before, cells_before;  // from this time to the step before it
    const float *initial, *initial_cell;    // the states before the first step
    size_t initial_row;
    float *carry, *carry_cell;  // gradients of h and c after the step; then what reaches c before it, and
    size_t carry_row;           // what reaches h before it by other ways than the product
    float *sum_gradient;     // receives the gradient of x·W_ihᵀ + b: all gates
    float *product_gradient; // receives that of h·W_hhᵀ, where it is another (GRU)
    size_t sum_gradient_row; // of both
    float *before;           // receives h before the step
    size_t before_row;
} apus_recurrent_return;

typedef struct {
    /// h = tanh(s), s = x·W_ihᵀ + b + h·W_hhᵀ.
    void (*tanh_step)(const apus_recurrent_step *);
    /// h = max(0, s).
    void (*relu_step)(const apus_recurrent_step *);
    /// h = h + leak·(tanh(s) − h).
    void (*leaky_step)(const apus_recurrent_step *);
    /// c = σ(f)·c + σ(i)·tanh(g), h = σ(o)·tanh(c). The gates stay as they were applied.
    void (*lstm_step)(const apus_recurrent_step *);
    /// n = tanh(x + σ(r)·p) with p the product's part for n, h = n + σ(z)·(h − n). Behind the three gates as
    /// they were applied stands p: gates have room for four.
    void (*gru_step)(const apus_recurrent_step *);

    void (*tanh_return)(const apus_recurrent_return *);
    void (*relu_return)(const apus_recurrent_return *);
    void (*leaky_return)(const apus_recurrent_return *);
    void (*lstm_return)(const apus_recurrent_return *);
    void (*gru_return)(const apus_recurrent_return *);
} apus_recurrent_kernels;

/// The kernels for `isa`, null where this build does not have it.
const apus_recurrent_kernels *apus_recurrent_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
