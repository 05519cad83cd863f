// The small matrix products of a window: a few hidden vectors with a few output rows, all of them padded to
// whole vectors of 16. Every product is one chain of multiply-adds over the columns in each of 16 lanes, then
// the fixed tree, however the work is tiled.

/// The most products that one window computes at once; what it holds of them stays in the first-level cache.
enum { MOST_PRODUCTS = APUS_MOST_CONTEXTS };

#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
enum { TILE_OUTPUTS = 4, TILE_VECTORS = 4 };
#else
enum { TILE_OUTPUTS = 2, TILE_VECTORS = 2 };
#endif

/// sums[j · count + i] = the lanes of x[i] · w[j], for `a` hidden vectors and `b` outputs (both constants).
static inline APUS_INLINE void tile_products(
    int a, int b, lanes *sums, int64_t count, const float *const *x, const float *const *w,
    int64_t width) {
    lanes s[2][4];
    for (int i = 0; i < a; i++) {
        for (int j = 0; j < b; j++) s[i][j] = all_lanes(0);
    }
    for (int64_t column = 0; column < width; column += 16) {
        lanes left[2];
#pragma clang loop unroll(full)
        for (int i = 0; i < a; i++) left[i] = load_lanes(x[i] + column);
#pragma clang loop unroll(full)
        for (int j = 0; j < b; j++) {
            lanes right = load_lanes(w[j] + column);
#pragma clang loop unroll(full)
            for (int i = 0; i < a; i++) s[i][j] = fma_lanes(left[i], right, s[i][j]);
        }
    }
    for (int i = 0; i < a; i++) {
        for (int j = 0; j < b; j++) sums[j * count + i] = s[i][j];
    }
}

static inline APUS_INLINE void row_of_tiles(
    int a, lanes *sums, int64_t count, const float *const *x, const float *const *w,
    int64_t outputs, int64_t width) {
    int64_t j = 0;
    for (; j + TILE_OUTPUTS <= outputs; j += TILE_OUTPUTS) {
        tile_products(a, TILE_OUTPUTS, sums + j * count, count, x, w + j, width);
    }
    switch (outputs - j) {
    case 3: tile_products(a, 3, sums + j * count, count, x, w + j, width); break;
    case 2: tile_products(a, 2, sums + j * count, count, x, w + j, width); break;
    case 1: tile_products(a, 1, sums + j * count, count, x, w + j, width); break;
    default: break;
    }
}

static inline APUS_INLINE void all_products(
    lanes *sums, const float *const *x, int64_t count, const float *const *w, int64_t outputs,
    int64_t width) {
    int64_t i = 0;
    for (; i + 2 <= count; i += 2) row_of_tiles(2, sums + i, count, x + i, w, outputs, width);
    if (i < count) row_of_tiles(1, sums + i, count, x + i, w, outputs, width);
}

#define SHUFFLED(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/// `sum_of_lanes` of sixteen vectors at once: halves are added to halves until each is one number.
static inline APUS_INLINE lanes sixteen_sums(const lanes *v) {
    lanes eights[8], fours[4], twos[2];
    for (int i = 0; i < 8; i++) {
        lanes a = v[2 * i], b = v[2 * i + 1];
        eights[i] = SHUFFLED(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
            + SHUFFLED(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    }
    for (int i = 0; i < 4; i++) {
        lanes a = eights[2 * i], b = eights[2 * i + 1];
        fours[i] = SHUFFLED(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27)
            + SHUFFLED(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
    }
    for (int i = 0; i < 2; i++) {
        lanes a = fours[2 * i], b = fours[2 * i + 1];
        twos[i] = SHUFFLED(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29)
            + SHUFFLED(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
    }
    return SHUFFLED(twos[0], twos[1], 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)
        + SHUFFLED(twos[0], twos[1], 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/// `vectors` (a constant) times 16 columns of `rows` (a constant) sums.
static inline APUS_INLINE void tile_sums(
    int rows, int vectors, float *const *sums, const float *const *x, const float *g,
    int64_t stride, int64_t count, int64_t column) {
    lanes s[2][4];
    for (int r = 0; r < rows; r++) {
        for (int v = 0; v < vectors; v++) s[r][v] = load_lanes(sums[r] + column + 16 * v);
    }
    for (int64_t i = 0; i < count; i++) {
        const float *from = x[i] + column;
        lanes factors[2];
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) factors[r] = all_lanes(g[i * stride + r]);
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            lanes value = load_lanes(from + 16 * v);
#pragma clang loop unroll(full)
            for (int r = 0; r < rows; r++) s[r][v] = fma_lanes(factors[r], value, s[r][v]);
        }
    }
    for (int r = 0; r < rows; r++) {
        for (int v = 0; v < vectors; v++) store_lanes(sums[r] + column + 16 * v, s[r][v]);
    }
}

/// sums[r] += Σ g[i · stride + r] · x[i], a chain in the order of i, for `rows` (1 or 2, a constant) sums.
static inline APUS_INLINE void add_products(
    int rows, float *const *sums, const float *const *x, const float *g, int64_t stride,
    int64_t count, int64_t width) {
    int64_t column = 0;
    for (; column + 16 * TILE_VECTORS <= width; column += 16 * TILE_VECTORS) {
        tile_sums(rows, TILE_VECTORS, sums, x, g, stride, count, column);
    }
    switch ((width - column) / 16) {
    case 3: tile_sums(rows, 3, sums, x, g, stride, count, column); break;
    case 2: tile_sums(rows, 2, sums, x, g, stride, count, column); break;
    case 1: tile_sums(rows, 1, sums, x, g, stride, count, column); break;
    default: break;
    }
}

/// row += values, `count` numbers.
static inline APUS_INLINE void add_row(float *row, const float *values, int64_t count) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) store_lanes(row + i, load_lanes(row + i) + load_lanes(values + i));
    if (i < count) {
        lanes sum = load_first_lanes(row + i, count - i) + load_lanes(values + i);
        store_first_lanes(row + i, sum, count - i);
    }
}
