// The steps of recurrent cells, and the way back.
#include "digest.h"

static const size_t widths[] = {1, 7, 16, 33, 50};
enum { WIDTHS = sizeof widths / sizeof *widths, ROWS = 4 };
static const int32_t lengths[ROWS + MARGIN] = {6, 2, 3, 1};

// Room for four gates, which is what the GRU keeps.
static void step(void (*cell)(const apus_recurrent_step *), size_t gates, size_t width, int edges) {
    const size_t count = ROWS * width, row = 4 * width + 3;
    float *sums = any_numbers(ROWS * row, 3, edges), *hidden = any_numbers(count, 1, edges);
    float *memory = any_numbers(count, 1, edges);
    float *states = result_of(ROWS * (width + 1)), *cells = result_of(ROWS * (width + 2));
    apus_recurrent_step it = {
        .rows = ROWS, .width = width, .time = 2, .lengths = lengths, .leak = 0.3f,
        .product = any_numbers(gates * count, 3, edges),
        .bias = width % 2 ? numbers(gates * width, 1) : NULL, .gates = sums, .gates_row = row,
        .hidden = hidden, .cell = memory, .hidden_row = width, .states = states,
        .states_row = width + 1, .cells = cells, .cells_row = width + 2,
    };
    cell(&it);
    add_result(sums, ROWS * row);
    add_result(hidden, count);
    add_result(memory, count);
    add_result(states, ROWS * (width + 1));
    add_result(cells, ROWS * (width + 2));
}

static void step_back(void (*cell)(const apus_recurrent_return *), size_t width, int edges) {
    // Two times, one behind the other: the step before is there.
    const size_t count = ROWS * width, row = 4 * width + 3;
    const int is_reversed = width % 2;
    float *states = any_numbers(2 * count, 1, edges), *cells = any_numbers(2 * count, 1, edges);
    float *carry = any_numbers(count, 2, edges), *carry_cell = any_numbers(count, 2, edges);
    float *sums = result_of(ROWS * row), *products = result_of(ROWS * row);
    float *before = result_of(ROWS * (width + 1));
    apus_recurrent_return it = {
        .rows = ROWS, .width = width, .time = 1, .lengths = lengths, .is_reversed = is_reversed,
        .leak = 0.3f, .gradient = any_numbers(count, 2, edges), .gradient_row = width,
        .states = states + count, .states_row = width, .gates = any_numbers(ROWS * row, 1, edges),
        .gates_row = row, .cells = cells + count, .cells_row = width,
        .states_before = -(ptrdiff_t)count, .cells_before = -(ptrdiff_t)count,
        .initial = numbers(count, 1), .initial_cell = numbers(count, 1), .initial_row = width,
        .carry = carry, .carry_cell = carry_cell, .carry_row = width, .sum_gradient = sums,
        .product_gradient = products, .sum_gradient_row = row, .before = before,
        .before_row = width + 1,
    };
    cell(&it);
    add_result(carry, count);
    add_result(carry_cell, count);
    add_result(sums, ROWS * row);
    add_result(products, ROWS * row);
    add_result(before, ROWS * (width + 1));
}

int recurrent_digests(void) {
    const apus_recurrent_kernels *k = apus_recurrent_kernels_for(isa);
    FAMILY(recurrent);
#define EACH_WIDTH(body) \
    for (int edges = 0; edges < 2; edges++) \
        for (size_t at = 0; at < WIDTHS; at++, release()) body
#define CELL(name, gates) \
    KERNEL(recurrent, name##_step); \
    EACH_WIDTH(step(k->name##_step, gates, widths[at], edges)); \
    KERNEL(recurrent, name##_return); \
    EACH_WIDTH(step_back(k->name##_return, widths[at], edges));
    CELL(tanh, 1)
    CELL(relu, 1)
    CELL(leaky, 1)
    CELL(lstm, 4)
    CELL(gru, 3)
    return end_family();
}
