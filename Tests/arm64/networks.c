// Products, normalization, attention, pooling and recurrent cells.
#include "digest.h"

static void product(
    const apus_matmul_kernels *k, size_t m, size_t n, size_t depth, int form, int edges
) {
    const int turns_a = form & 1, turns_b = form & 2, is_packed = form & 4;
    float *a = any_numbers(m * depth, 2, edges), *b = any_numbers(n * depth, 2, edges);
    float *c = any_numbers(m * n, 2, edges);
    apus_matmul_block block = {
        .m = m, .n = n, .k = depth, .a = a, .a_row = turns_a ? 1 : depth,
        .a_column = turns_a ? m : 1, .b = b, .b_row = turns_b ? 1 : n,
        .b_column = turns_b ? depth : 1, .c = c, .c_row = n,
        .bias = form % 3 == 1 ? numbers(n, 1) : NULL, .accumulate = form == 3 || form == 4,
        .activation = form == 2 ? APUS_MATMUL_RELU : APUS_MATMUL_STORE,
    };
    if (is_packed) {
        const size_t strips = (n + k->strip_columns - 1) / k->strip_columns;
        float *packed = result_of(strips * k->strip_columns * depth);
        k->pack_b(depth, n, b, block.b_row, block.b_column, packed);
        block.packed_b = packed;
    }
    const size_t size = k->workspace_size(&block);
    block.workspace = size > 0 ? result_of(size) : NULL;
    k->block(&block);
    add_result(c, m * n);
}

int matmul_digests(void) {
    static const size_t shapes[][3] = {
        {1, 1, 1}, {1, 130, 70}, {2, 3, 0}, {3, 5, 7}, {7, 17, 33}, {13, 50, 100}, {25, 31, 64},
        {40, 97, 600}, {5, 200, 19}, {64, 16, 48}, {3, 140, 513}, {2, 9, 9300},
    };
    const apus_matmul_kernels *k = apus_matmul_kernels_for(isa);
    FAMILY(matmul);
    // These tell how a table cuts the work: they differ, the results do not.
    skip_field(offsetof(apus_matmul_kernels, tile_rows));
    skip_field(offsetof(apus_matmul_kernels, strip_columns));
    skip_field(offsetof(apus_matmul_kernels, copies_b));
    skip_field(offsetof(apus_matmul_kernels, workspace_size));
    skip_field(offsetof(apus_matmul_kernels, fma_loop_flops));
    skip_field(offsetof(apus_matmul_kernels, fma_loop));  // a peak to measure, of so many lanes
    for (int is_packed = 0; is_packed < 2; is_packed++) {
        if (is_packed) {
            KERNEL(matmul, pack_b);
        } else {
            KERNEL(matmul, block);
        }
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            for (int form = 0; form < 4; form++) {
                for (int edges = 0; edges < 2; edges++, release()) {
                    const size_t *s = shapes[shape];
                    product(k, s[0], s[1], s[2], form + 4 * is_packed, edges);
                }
            }
        }
    }
    return end_family();
}

static const int64_t widths[] = {1, 3, 16, 17, 45, 130};
enum { WIDTHS = sizeof widths / sizeof *widths, ROWS = 5 };

#define EACH_WIDTH \
    for (int edges = 0; edges < 2; edges++) \
        for (size_t at = 0; at < WIDTHS; at++, release())

int normalization_digests(void) {
    const apus_normalization_kernels *k = apus_normalization_kernels_for(isa);
    FAMILY(normalization);
    KERNEL(normalization, forward);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *y = result_of(count), *means = result_of(ROWS), *scales = result_of(ROWS);
        float *gain = at % 3 ? numbers((size_t)n, 1) : NULL;
        float *bias = at % 3 == 2 ? numbers((size_t)n, 1) : NULL;
        k->forward(
            any_numbers(count, 3, edges), gain, bias, ROWS, n, 1e-5f, at % 2, y, means, scales);
        add_result(y, count);
        add_result(scales, ROWS);
        if (at % 2) add_result(means, ROWS);
    }
    KERNEL(normalization, backward);
    EACH_WIDTH {
        int64_t n = widths[at];
        size_t count = (size_t)(ROWS * n);
        float *dx = result_of(count), *dgain = result_of((size_t)n), *dbias = result_of((size_t)n);
        int wants = at % 2;
        k->backward(
            any_numbers(count, 2, edges), any_numbers(count, 3, edges),
            at % 3 ? numbers((size_t)n, 1) : NULL, numbers(ROWS, 1), numbers(ROWS, 1), ROWS, n,
            at % 4 < 2, dx, wants ? dgain : NULL, wants ? dbias : NULL);
        add_result(dx, count);
        add_result(dgain, (size_t)n);
        add_result(dbias, (size_t)n);
    }
    return end_family();
}

static apus_attention_block scores_of(size_t at, int64_t keys, int64_t stride, int edges) {
    uint8_t *visible = (uint8_t *)integers((size_t)keys, 2);
    for (int64_t i = 0; i < keys; i++) visible[i] = draw(4) > 0;
    return (apus_attention_block){
        .rows = ROWS, .keys = keys, .stride = stride, .scale = 0.37f, .slope = at % 3 ? 0.25f : 0,
        .position = keys / 2, .is_causal = at % 2, .visible = at % 4 == 1 ? visible : NULL,
        .bias = at % 3 == 2 ? any_numbers((size_t)(ROWS * keys), 2, edges) : NULL,
        .bias_row = keys, .factors = at % 4 == 2 ? numbers((size_t)(ROWS * stride), 1) : NULL,
    };
}

int attention_digests(void) {
    const apus_attention_kernels *k = apus_attention_kernels_for(isa);
    FAMILY(attention);
    KERNEL(attention, weights);
    EACH_WIDTH {
        int64_t keys = widths[at], stride = keys + 3;
        apus_attention_block block = scores_of(at, keys, stride, edges);
        float *scores = any_numbers((size_t)(ROWS * stride), 5, edges);
        float *sums = result_of(ROWS), *logs = result_of(ROWS);
        k->weights(&block, scores, sums, logs);
        add_result(scores, (size_t)(ROWS * stride));
        add_result(sums, ROWS);
        add_result(logs, ROWS);
    }
    KERNEL(attention, divide);
    EACH_WIDTH {
        int64_t n = widths[at], stride = n + 3;
        float *x = any_numbers((size_t)(ROWS * stride), 5, edges);
        float *sums = any_numbers(ROWS, 5, edges);
        sums[2] = 0;
        k->divide(ROWS, n, stride, sums, x);
        add_result(x, (size_t)(ROWS * stride));
    }
    KERNEL(attention, row_dots);
    EACH_WIDTH {
        int64_t n = widths[at];
        float *dots = result_of(ROWS);
        k->row_dots(
            ROWS, n, any_numbers((size_t)(ROWS * (n + 1)), 2, edges), n + 1,
            any_numbers((size_t)(ROWS * (n + 4)), 2, edges), n + 4, dots);
        add_result(dots, ROWS);
    }
    KERNEL(attention, gradients);
    EACH_WIDTH {
        int64_t keys = widths[at], stride = keys + 3;
        apus_attention_block block = scores_of(at, keys, stride, edges);
        float *scores = any_numbers((size_t)(ROWS * stride), 5, edges);
        float *gradient = any_numbers((size_t)(ROWS * stride), 5, edges);
        float *bias = numbers((size_t)(ROWS * keys), 1);
        k->gradients(
            &block, any_numbers(ROWS, 3, edges), numbers(ROWS, 1), scores, gradient,
            at % 2 ? bias : NULL);
        add_result(scores, (size_t)(ROWS * stride));
        add_result(gradient, (size_t)(ROWS * stride));
        add_result(bias, (size_t)(ROWS * keys));
    }
    return end_family();
}

int pooling_digests(void) {
    const apus_pooling_kernels *k = apus_pooling_kernels_for(isa);
    FAMILY(pooling);
    KERNEL(pooling, column_maxima);
    EACH_WIDTH {
        int64_t n = widths[at], rows = 1 + 3 * (int64_t)at, stride = n + 2;
        float *maxima = result_of((size_t)n);
        int32_t *positions = integers((size_t)n, 7);
        k->column_maxima(
            any_numbers((size_t)(rows * stride), 3, edges), rows, n, stride, maxima, positions);
        add_result(maxima, (size_t)n);
        add_integers(positions, (size_t)n + MARGIN);
    }
    return end_family();
}
