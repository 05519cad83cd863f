// The innermost kernels: a tile of C, `rows` × `vectors` registers of sums, over a stretch of k.
//
// Per step of k the tile loads `vectors` vectors of B and broadcasts `rows` numbers of A: with 12 × 2 vectors
// of AVX-512 that is 24 multiply-adds for 14 loads, and the multiply-add units never wait (99 % of the peak
// of a register-only loop on Zen 5).

// Where A's numbers lie: ROWS: a[row·stride + p], A as written by its owner.
// COLUMNS: a[p·stride + row], A transposed or packed.
enum { ROWS = 0, COLUMNS = 1 };

// What becomes of C's old values: they are overwritten, the chains start from them, or chains that start at 0
// are added to them.
enum { FRESH = 0, CONTINUES = 1, ADDS = 2 };

typedef void (*tile_kernel)(
    size_t k, const float *a, size_t a_stride, const float *b, size_t b_row, float *c, size_t c_row,
    size_t columns, int start, const float *bias, int activation);

#if APUS_FMA_IS_EMULATED
#include "matmul_exact.inc.h"
#endif

static inline APUS_INLINE vector activated(vector x, int activation) {
    if (activation == APUS_MATMUL_RELU) {
        return (vector)((lane_bits)x & ~(x < (vector){0}));
    }
    return x;
}

// `partial`: the last vector holds only the columns that are left of `columns`. Without masks, B's rows must
// be filled up to whole vectors, that is: packed.
static inline APUS_INLINE void tile_body(
    const size_t rows, const size_t vectors, const int partial, const int form, size_t k,
    const float *a, size_t a_stride, const float *b, size_t b_row, float *c, size_t c_row,
    size_t columns, int start, const float *bias, int activation
) {
    vector sums[TILE_ROWS][WIDE_VECTORS];
    const size_t last = vectors - 1;
    const lane_mask mask = first_lanes(partial ? columns - last * WIDTH : WIDTH);

    // C's lines are on their way while the sums are made.
    UNROLLED
    for (size_t i = 0; i < rows; i++) {
        UNROLLED
        for (size_t j = 0; j < vectors * WIDTH; j += 16) __builtin_prefetch(c + i * c_row + j, 1);
    }

    if (start == CONTINUES) {
        UNROLLED
        for (size_t i = 0; i < rows; i++) {
            UNROLLED
            for (size_t j = 0; j < vectors; j++) {
                const float *p = c + i * c_row + j * WIDTH;
                sums[i][j] = partial && j == last ? load_first(p, mask) : load_vector(p);
            }
        }
    } else {
        UNROLLED
        for (size_t i = 0; i < rows; i++) {
            UNROLLED
            for (size_t j = 0; j < vectors; j++) sums[i][j] = (vector){0};
        }
    }

#if APUS_FMA_IS_EMULATED
    exact_depth(rows, vectors, form, k, a, a_stride, b, b_row, sums);
#else
    for (size_t p = 0; p < k; p++) {
        vector bs[WIDE_VECTORS];
        UNROLLED
        for (size_t j = 0; j < vectors; j++) {
            bs[j] = HAS_MASKS && partial && j == last ? load_first(b + j * WIDTH, mask)
                                                      : load_vector(b + j * WIDTH);
        }
        UNROLLED
        for (size_t i = 0; i < rows; i++) {
            vector as = all_of(form == ROWS ? a[i * a_stride] : a[i]);
            UNROLLED
            for (size_t j = 0; j < vectors; j++) {
                sums[i][j] = __builtin_elementwise_fma(as, bs[j], sums[i][j]);
            }
        }
        a += form == ROWS ? 1 : a_stride;
        b += b_row;
    }
#endif

    if (start == ADDS) {
        UNROLLED
        for (size_t i = 0; i < rows; i++) {
            UNROLLED
            for (size_t j = 0; j < vectors; j++) {
                const float *p = c + i * c_row + j * WIDTH;
                sums[i][j] += partial && j == last ? load_first(p, mask) : load_vector(p);
            }
        }
    }
    if (bias) {
        UNROLLED
        for (size_t j = 0; j < vectors; j++) {
            const float *p = bias + j * WIDTH;
            const vector add = partial && j == last ? load_first(p, mask) : load_vector(p);
            UNROLLED
            for (size_t i = 0; i < rows; i++) sums[i][j] += add;
        }
    }
    UNROLLED
    for (size_t i = 0; i < rows; i++) {
        UNROLLED
        for (size_t j = 0; j < vectors; j++) {
            sums[i][j] = activated(sums[i][j], activation);
            float *p = c + i * c_row + j * WIDTH;
            if (partial && j == last) {
                store_first(p, sums[i][j], mask);
            } else {
                store_vector(p, sums[i][j]);
            }
        }
    }
}

#define TILE_NAME(rows, vectors, partial, form) TILE_NAME_(rows, vectors, partial, form)
#define TILE_NAME_(rows, vectors, partial, form) tile_##rows##_##vectors##_##partial##_##form
#define TILE(rows, vectors, partial, form) \
    static void TILE_NAME(rows, vectors, partial, form)( \
        size_t k, const float *a, size_t a_stride, const float *b, size_t b_row, float *c, \
        size_t c_row, size_t columns, int start, const float *bias, int activation) { \
        tile_body( \
            rows, vectors, partial, form, k, a, a_stride, b, b_row, c, c_row, columns, start, \
            bias, activation); \
    }
// Entry [whole strip, or vectors of a partial one][form][rows - 1] of the table.
#define TILES_OF_1(rows) TILE(rows, 1, 1, ROWS) TILE(rows, 1, 1, COLUMNS)
#define TILES_OF_2(rows) TILE(rows, 2, 1, ROWS) TILE(rows, 2, 1, COLUMNS)
#define TILES_OF_3(rows) TILE(rows, 3, 1, ROWS) TILE(rows, 3, 1, COLUMNS)
#if STRIP_VECTORS == 2
#define WHOLE_TILES(rows) TILE(rows, 2, 0, ROWS) TILE(rows, 2, 0, COLUMNS)
#else
#define WHOLE_TILES(rows) TILE(rows, 3, 0, ROWS) TILE(rows, 3, 0, COLUMNS)
#endif

// Few rows read B only once, from memory: wide strips, so that each of B's rows gives several lines in turn.
#define WIDE_TILES(rows) TILE(rows, WIDE_VECTORS, 0, ROWS) TILE(rows, WIDE_VECTORS, 0, COLUMNS)

FOR_WIDE_ROWS(WIDE_TILES)
FOR_TILE_ROWS(WHOLE_TILES)
FOR_TILE_ROWS(TILES_OF_1)
FOR_TILE_ROWS(TILES_OF_2)
#if STRIP_VECTORS == 3
FOR_TILE_ROWS(TILES_OF_3)
#endif

#define ENTRY(vectors, partial, form) [form] = {FOR_TILE_ROWS(ENTRY_##vectors##_##partial##_##form)}
#define ENTRY_1_1_ROWS(rows) TILE_NAME(rows, 1, 1, ROWS),
#define ENTRY_1_1_COLUMNS(rows) TILE_NAME(rows, 1, 1, COLUMNS),
#define ENTRY_2_1_ROWS(rows) TILE_NAME(rows, 2, 1, ROWS),
#define ENTRY_2_1_COLUMNS(rows) TILE_NAME(rows, 2, 1, COLUMNS),
#define ENTRY_2_0_ROWS(rows) TILE_NAME(rows, 2, 0, ROWS),
#define ENTRY_2_0_COLUMNS(rows) TILE_NAME(rows, 2, 0, COLUMNS),
#define ENTRY_3_1_ROWS(rows) TILE_NAME(rows, 3, 1, ROWS),
#define ENTRY_3_1_COLUMNS(rows) TILE_NAME(rows, 3, 1, COLUMNS),
#define ENTRY_3_0_ROWS(rows) TILE_NAME(rows, 3, 0, ROWS),
#define ENTRY_3_0_COLUMNS(rows) TILE_NAME(rows, 3, 0, COLUMNS),
#define WIDE_ENTRY_ROWS(rows) TILE_NAME(rows, WIDE_VECTORS, 0, ROWS),
#define WIDE_ENTRY_COLUMNS(rows) TILE_NAME(rows, WIDE_VECTORS, 0, COLUMNS),

static const tile_kernel wide_kernels[2][WIDE_ROWS] = {
    [ROWS] = {FOR_WIDE_ROWS(WIDE_ENTRY_ROWS)},
    [COLUMNS] = {FOR_WIDE_ROWS(WIDE_ENTRY_COLUMNS)},
};

static const tile_kernel tile_kernels[STRIP_VECTORS + 1][2][TILE_ROWS] = {
#if STRIP_VECTORS == 2
    [0] = {ENTRY(2, 0, ROWS), ENTRY(2, 0, COLUMNS)},
#else
    [0] = {ENTRY(3, 0, ROWS), ENTRY(3, 0, COLUMNS)},
    [3] = {ENTRY(3, 1, ROWS), ENTRY(3, 1, COLUMNS)},
#endif
    [1] = {ENTRY(1, 1, ROWS), ENTRY(1, 1, COLUMNS)},
    [2] = {ENTRY(2, 1, ROWS), ENTRY(2, 1, COLUMNS)},
};
