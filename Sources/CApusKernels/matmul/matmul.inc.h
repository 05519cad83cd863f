// The product of a block: which tiles, in which order, from which copies.

#include "matmul_lanes.inc.h"
#include "matmul_tile.inc.h"
#include "matmul_pack.inc.h"

// Copies up to this size (in floats) go to the stack.
#define SMALL_COPY 1024

// A stretch of k that the tiles go through at once: A's rows of it stay in the second-level cache.
#define LONGEST_STRETCH 512

static inline size_t smaller(size_t x, size_t y) { return x < y ? x : y; }

// `count` cut into the fewest parts of at most `limit`: the length of the parts, equal but for the last.
static inline size_t part_length(size_t count, size_t limit) {
    const size_t parts = (count + limit - 1) / limit;
    return parts < 2 ? count : (count + parts - 1) / parts;
}

static inline size_t part_count(size_t count, size_t limit) { return (count + limit - 1) / limit; }

// B is copied into strips where it lies transposed, and where so many tiles read a strip again that lines far
// apart, which fight for the same places in the cache, would cost more than the copy.
static inline int packs_b(const apus_matmul_block *block) {
    if (block->packed_b) return 0;
    if (block->b_column != 1 && block->n > 1) return 1;
    if (!HAS_MASKS && block->n % STRIP != 0) return 1;
    return block->m >= 8 * TILE_ROWS
        && smaller(block->k, LONGEST_STRETCH) * block->b_row >= (size_t)1 << 17;
}

// Transposed A is copied where several strips read it.
static inline int packs_a(const apus_matmul_block *block) {
    return block->a_column != 1 && block->n > STRIP && block->k > 1;
}

static inline size_t copied_size(const apus_matmul_block *block) {
    const size_t stretch = part_length(block->k, LONGEST_STRETCH);
    size_t size = packs_b(block) ? stretch * STRIP : 0;
    if (packs_a(block)) size += stretch * block->m;
    return size;
}

static size_t APUS_NAME(workspace_size)(const apus_matmul_block *block) {
    const size_t size = copied_size(block);
    return size <= SMALL_COPY ? 0 : size;
}

static inline APUS_INLINE vector activated(vector x, int activation) {
    if (activation == APUS_MATMUL_RELU) {
        return (vector)((lane_bits)x & ~(x < (vector){0}));
    }
    return x;
}

static void finish_tile(
    size_t rows, size_t columns, float *c, size_t c_row, const float *bias, int activation
) {
    for (size_t j = 0; j < columns; j += WIDTH) {
        const size_t left = columns - j;
        const lane_mask mask = first_lanes(left < WIDTH ? left : WIDTH);
        const vector add = bias ? load_first(bias + j, mask) : (vector){0};
        for (size_t i = 0; i < rows; i++) {
            float *p = c + i * c_row + j;
            vector x = left < WIDTH ? load_first(p, mask) : load_vector(p);
            if (bias) x += add;
            x = activated(x, activation);
            if (left < WIDTH) store_first(p, x, mask); else store_vector(p, x);
        }
    }
}

static void APUS_NAME(block)(const apus_matmul_block *block) {
    const size_t m = block->m, n = block->n, k = block->k;
    const int finishes = block->bias || block->activation != APUS_MATMUL_STORE;
    const int copies_b = packs_b(block), copies_a = packs_a(block);
    const int may_be_wide = m <= WIDE_ROWS && !copies_b && !block->packed_b;
    const int form = block->a_column == 1 ? ROWS : COLUMNS;
    const size_t stretch = part_length(k, LONGEST_STRETCH);
    const size_t height = part_length(m, TILE_ROWS);
    float small_copies[SMALL_COPY] __attribute__((aligned(64)));
    float *strip = copied_size(block) <= SMALL_COPY ? small_copies : block->workspace;
    float *tiles = strip + (copies_b ? stretch * STRIP : 0);
    if (m == 0 || n == 0) return;

    size_t start = 0;
    do {
        const size_t length = smaller(stretch, k - start);
        const int continues = start > 0 || block->accumulate;
        const int ends = finishes && start + length == k;

        for (size_t j = 0, columns; j < n; j += columns) {
            const int is_wide = may_be_wide && n - j >= WIDE_STRIP;
            columns = is_wide ? WIDE_STRIP : smaller(STRIP, n - j);
            const float *b;
            size_t b_row = STRIP;
            if (block->packed_b) {
                b = block->packed_b + j * k + start * STRIP;
            } else {
                b = block->b + start * block->b_row + j * block->b_column;
                if (copies_b) {
                    pack_strip(length, columns, b, block->b_row, block->b_column, strip);
                    b = strip;
                } else {
                    b_row = block->b_row;
                }
            }
            const size_t vectors = columns == STRIP ? 0 : part_count(columns, WIDTH);
            const tile_kernel *kernels =
                is_wide ? wide_kernels[form] : tile_kernels[vectors][form];

            for (size_t i = 0; i < m; i += height) {
                const size_t rows = smaller(height, m - i);
                const float *a = block->a + i * block->a_row + start * block->a_column;
                size_t a_stride = form == ROWS ? block->a_row : block->a_column;
                if (copies_a) {
                    float *tile = tiles + i * length;
                    if (j == 0) pack_tile_rows(length, rows, a, a_stride, tile);
                    a = tile;
                    a_stride = rows;
                }
                float *c = block->c + i * block->c_row + j;
                kernels[rows - 1](
                    length, a, a_stride, b, b_row, c, block->c_row, columns, continues);
                if (ends) {
                    finish_tile(
                        rows, columns, c, block->c_row, block->bias ? block->bias + j : NULL,
                        block->activation);
                }
            }
        }
        start += stretch;
    } while (start < k);  // once without depth, too: C is cleared, the bias added
}

#define LOOP_SUMS (TILE_ROWS * STRIP_VECTORS)

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

const apus_matmul_kernels APUS_NAME(apus_matmul) = {
    .tile_rows = TILE_ROWS,
    .strip_columns = STRIP,
    .workspace_size = APUS_NAME(workspace_size),
    .block = APUS_NAME(block),
    .pack_b = APUS_NAME(pack_b),
    .fma_loop = APUS_NAME(fma_loop),
    .fma_loop_flops = 2 * LOOP_SUMS * WIDTH,
};
