// The product of a block: which tiles, in which order, from which copies.

#include "matmul_lanes.inc.h"
#include "matmul_tile.inc.h"
#include "matmul_pack.inc.h"

// Copies up to this size (in floats) go to the stack.
#define SMALL_COPY 1024

// Transposed A is read where it lies: twelve numbers of each row are enough for the processor to fetch ahead, and a
// copy was never faster (2026, Zen 5: 227 GFLOP/s without, 205 with, for every stride from 128 to 8000).

// A stretch of k that the tiles go through at once: A's rows of it stay in the second-level cache; and a
// shorter one, for a wide strip of copied B to stay in the first.
#define LONG_STRETCH APUS_MATMUL_STRETCH
#define SHORT_STRETCH 64

// Columns of B that are copied at a time.
#define PANEL (4 * STRIP)

static inline size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

static inline size_t part_count(size_t count, size_t limit) { return (count + limit - 1) / limit; }

// `count` cut into the fewest parts of at most `limit`: the length of the parts, equal but for the last.
static inline size_t part_length(size_t count, size_t limit) {
    return count <= limit ? count : part_count(count, part_count(count, limit));
}

// How a block is gone through.
typedef struct {
    int copies_b, is_wide;
    size_t stretch;    // of k
    size_t size;       // floats of B copied at a time
    int is_deep;       // deeper than one chain
} route;

// B is copied into strips where it lies transposed, and where so many tiles read a strip again that lines far
// apart, which fight for the same places in the cache, would cost more than the copy.
static int copies_b(const apus_matmul_block *block) {
    if (block->packed_b) return 0;
    if (block->b_column != 1 && block->n > 1) return 1;
    if (!HAS_MASKS && block->n % STRIP != 0) return 1;
    return block->m >= 8 * TILE_ROWS
        && smaller(block->k, LONG_STRETCH) * block->b_row >= (size_t)1 << 17;
}

static inline route route_of(const apus_matmul_block *block) {
    route route;
    route.copies_b = copies_b(block);
    route.is_wide = block->m <= WIDE_ROWS && block->n >= WIDE_STRIP && !block->packed_b;
    route.is_deep = block->k > APUS_MATMUL_CHAIN;
    // Where the stretches of a deep product end is part of its order.
    route.stretch = route.is_deep ? LONG_STRETCH : part_length(
        block->k, route.is_wide && route.copies_b ? SHORT_STRETCH : LONG_STRETCH);
    const size_t panel = part_count(smaller(block->n, PANEL), STRIP) * STRIP;
    const size_t narrow = part_count(block->n % WIDE_STRIP, STRIP) * STRIP;
    const size_t wide = smaller(route.stretch, SHORT_STRETCH) * WIDE_STRIP;
    if (!route.is_wide) {
        route.size = route.stretch * panel;
    } else {
        // What is left behind the wide strips is copied for the whole stretch.
        route.size = route.stretch * narrow > wide ? route.stretch * narrow : wide;
    }
    if (!route.copies_b) route.size = 0;
    return route;
}

// Floats that the totals of a deep product take: a double for each element of C.
static inline size_t total_floats(const apus_matmul_block *block) {
    return (2 * block->m * block->n + 15) & ~(size_t)15;  // copies behind them are aligned
}

static size_t APUS_NAME(workspace_size)(const apus_matmul_block *block) {
    const route route = route_of(block);
    const size_t size = route.size <= SMALL_COPY ? 0 : route.size;
    return size + (route.is_deep ? total_floats(block) : 0);
}

// A part of a deep product is done: C's sums go to the totals. At the end the totals are rounded to C, with the
// bias and the activation.
static void APUS_NAME(add_totals)(const apus_matmul_block *block, double *totals, int is_first) {
    for (size_t i = 0; i < block->m; i++, totals += block->n) {
        const float *c = block->c + i * block->c_row;
        for (size_t j = 0; j < block->n; j++) totals[j] = (is_first ? 0 : totals[j]) + c[j];
    }
}

static void APUS_NAME(round_totals)(const apus_matmul_block *block, const double *totals) {
    for (size_t i = 0; i < block->m; i++, totals += block->n) {
        float *c = block->c + i * block->c_row;
        for (size_t j = 0; j < block->n; j++) {
            float sum = (float)totals[j];
            if (block->bias) sum += block->bias[j];
            if (block->activation == APUS_MATMUL_RELU && sum < 0) sum = 0;
            c[j] = sum;
        }
    }
}

// A stretch of a deep product of few rows with copied B: the chains stand apart, so that short copies still fit
// the first-level cache.
static void wide_chains(
    const apus_matmul_block *block, int form, size_t start, size_t length, size_t column,
    int begins, float *copied_b) {
    float chains[WIDE_ROWS * WIDE_STRIP] __attribute__((aligned(64)));
    const size_t a_stride = form == ROWS ? block->a_row : block->a_column;
    for (size_t done = 0; done < length; done += SHORT_STRETCH) {
        const size_t p = start + done, count = smaller(SHORT_STRETCH, length - done);
        pack_strip(
            count, WIDE_STRIP, block->b + p * block->b_row + column * block->b_column,
            block->b_row, block->b_column, copied_b, WIDE_STRIP);
        wide_kernels[form][block->m - 1](
            count, block->a + p * block->a_column, a_stride, copied_b, WIDE_STRIP, chains,
            WIDE_STRIP, WIDE_STRIP, done > 0 ? CONTINUES : FRESH, NULL, APUS_MATMUL_STORE);
    }
    for (size_t i = 0; i < block->m; i++) {
        float *c = block->c + i * block->c_row + column;
        const float *chain = chains + i * WIDE_STRIP;
        for (size_t j = 0; j < WIDE_STRIP; j++) c[j] = begins == ADDS ? chain[j] + c[j] : chain[j];
    }
}

static void APUS_NAME(block)(const apus_matmul_block *block) {
    const size_t m = block->m, n = block->n, k = block->k;
    if (m == 0 || n == 0) return;
    const route route = route_of(block);
    const int form = block->a_column == 1 ? ROWS : COLUMNS;
    const size_t height = part_length(m, TILE_ROWS);
    float small_copies[SMALL_COPY] __attribute__((aligned(64)));
    double *totals = route.is_deep ? (double *)block->workspace : NULL;
    float *workspace = block->workspace + (route.is_deep ? total_floats(block) : 0);
    float *copied_b = route.size <= SMALL_COPY ? small_copies : workspace;
    if (route.is_deep && block->accumulate) APUS_NAME(add_totals)(block, totals, 1);

    size_t start = 0;
    do {
        const size_t length = smaller(route.stretch, k - start);
        const int part_starts = start % APUS_MATMUL_CHAIN == 0;
        const int begins = route.is_deep ? (part_starts ? FRESH : ADDS)
                                         : (start > 0 || block->accumulate ? CONTINUES : FRESH);
        const int ends = start + length == k && !route.is_deep;

        size_t panel = 0, panel_end = 0;
        for (size_t j = 0, columns; j < n; j += columns) {
            const int is_wide = route.is_wide && n - j >= WIDE_STRIP;
            columns = is_wide ? WIDE_STRIP : smaller(STRIP, n - j);
            const size_t vectors = columns >= STRIP ? 0 : part_count(columns, WIDTH);
            const tile_kernel *kernels =
                is_wide ? wide_kernels[form] : tile_kernels[vectors][form];

            const float *b = block->b + start * block->b_row + j * block->b_column;
            size_t b_row = block->b_row;
            if (block->packed_b) {
                b = block->packed_b + j * k + start * STRIP;
                b_row = STRIP;
            } else if (route.copies_b && is_wide && route.is_deep) {
                panel_end = j + columns;
                wide_chains(block, form, start, length, j, begins, copied_b);
                continue;
            } else if (route.copies_b && is_wide) {
                b_row = WIDE_STRIP;
                panel_end = j + columns;
                pack_strip(length, columns, b, block->b_row, block->b_column, copied_b, b_row);
                b = copied_b;
            } else if (route.copies_b) {
                b_row = STRIP;
                if (j == panel_end) {
                    panel = j;
                    panel_end = j + smaller(PANEL, n - j);
                    APUS_NAME(pack_b)(
                        length, panel_end - j, b, block->b_row, block->b_column, copied_b);
                }
                b = copied_b + (j - panel) * length;
            }

            for (size_t i = 0; i < m; i += height) {
                const size_t rows = smaller(height, m - i);
                const float *a = block->a + i * block->a_row + start * block->a_column;
                const size_t a_stride = form == ROWS ? block->a_row : block->a_column;
                float *c = block->c + i * block->c_row + j;
                kernels[rows - 1](
                    length, a, a_stride, b, b_row, c, block->c_row, columns, begins,
                    ends && block->bias ? block->bias + j : NULL,
                    ends ? block->activation : APUS_MATMUL_STORE);
            }
        }
        start += route.stretch;
        if (route.is_deep && (start % APUS_MATMUL_CHAIN == 0 || start >= k)) {
            const int is_first = start <= APUS_MATMUL_CHAIN && !block->accumulate;
            APUS_NAME(add_totals)(block, totals, is_first);
        }
    } while (start < k);  // once without depth, too: C is cleared, the bias added
    if (route.is_deep) APUS_NAME(round_totals)(block, totals);
}

#define LOOP_SUMS (TILE_ROWS * STRIP_VECTORS)

#if APUS_FMA_IS_EMULATED
// As the tiles do it: in doubles.
static float APUS_NAME(fma_loop)(size_t rounds) {
    exact_pair sums[2 * LOOP_SUMS];
    exact_quad_bits noticed = {0};
    UNROLLED
    for (int i = 0; i < 2 * LOOP_SUMS; i++) sums[i] = (exact_pair){i, i};
    const exact_pair factor = {0.5, 0.5}, summand = {0.25, 0.25};
    for (size_t round = 0; round < rounds; round++) {
        UNROLLED
        for (int i = 0; i < 2 * LOOP_SUMS; i++) {
            sums[i] = exact_step(sums[i], factor, summand, &noticed);
        }
    }
    double total = noticed[0];
    UNROLLED
    for (int i = 0; i < 2 * LOOP_SUMS; i++) total += sums[i][0] + sums[i][1];
    return (float)total;
}
#else
static float APUS_NAME(fma_loop)(size_t rounds) {
    vector sums[LOOP_SUMS];
    UNROLLED
    for (int i = 0; i < LOOP_SUMS; i++) sums[i] = all_of((float)i);
    vector factor = all_of(0.5f), summand = all_of(0.25f);
    for (size_t round = 0; round < rounds; round++) {
        UNROLLED
        for (int i = 0; i < LOOP_SUMS; i++) {
            sums[i] = __builtin_elementwise_fma(sums[i], factor, summand);
        }
    }
    vector total = sums[0];
    UNROLLED
    for (int i = 1; i < LOOP_SUMS; i++) total += sums[i];
    float sum = 0;
    UNROLLED
    for (int i = 0; i < WIDTH; i++) sum += total[i];
    return sum;
}
#endif

const apus_matmul_kernels APUS_NAME(apus_matmul) = {
    .tile_rows = TILE_ROWS,
    .strip_columns = STRIP,
    .copies_b = copies_b,
    .workspace_size = APUS_NAME(workspace_size),
    .block = APUS_NAME(block),
    .pack_b = APUS_NAME(pack_b),
    .fma_loop = APUS_NAME(fma_loop),
    .fma_loop_flops = 2 * LOOP_SUMS * WIDTH,
};
