// Sums in the order that apus_reduce.h defines.

// What a sum adds: x, x², or x·y. Always a constant where it is used, so that each sum is its own
// loop.
typedef enum { APUS_TERM_VALUE, APUS_TERM_SQUARE, APUS_TERM_PRODUCT } apus_term;

static inline APUS_INLINE lanes APUS_NAME(plus)(lanes sum, apus_term term, lanes x, lanes y) {
    switch (term) {
    case APUS_TERM_VALUE:
        return sum + x;
    case APUS_TERM_SQUARE:
        return fma_lanes(x, x, sum);
    default:
        return fma_lanes(x, y, sum);
    }
}

// One chunk or piece: n ≤ 4096.
static inline APUS_INLINE float APUS_NAME(chunk_sum)(
    apus_term term, const float *x, const float *y, int64_t n) {
    lanes sum = all_lanes(0);
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        sum = APUS_NAME(plus)(sum, term, load_lanes(x + i), load_lanes(y + i));
    }
    if (i < n) {
        lanes a = load_first_lanes(x + i, n - i);
        sum = APUS_NAME(plus)(sum, term, a, term == APUS_TERM_PRODUCT
            ? load_first_lanes(y + i, n - i) : a);
    }
    return sum_of_lanes(sum);
}

// Four pieces of n ≤ 4096 elements, `stride` apart, side by side: one sum alone waits for its own
// additions.
static inline APUS_INLINE void APUS_NAME(four_sums)(
    apus_term term, const float *x, const float *y, int64_t stride, int64_t n, float *sums) {
    lanes sum[4] = {all_lanes(0), all_lanes(0), all_lanes(0), all_lanes(0)};
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        for (int64_t k = 0; k < 4; k += 1) {
            int64_t at = i + k * stride;
            sum[k] = APUS_NAME(plus)(sum[k], term, load_lanes(x + at), load_lanes(y + at));
        }
    }
    for (int64_t k = 0; k < 4; k += 1) {
        if (i < n) {
            int64_t at = i + k * stride;
            lanes a = load_first_lanes(x + at, n - i);
            sum[k] = APUS_NAME(plus)(sum[k], term, a, term == APUS_TERM_PRODUCT
                ? load_first_lanes(y + at, n - i) : a);
        }
        sums[k] = sum_of_lanes(sum[k]);
    }
}

static inline APUS_INLINE float APUS_NAME(total)(
    apus_term term, const float *x, const float *y, int64_t n) {
    if (n <= APUS_SUM_CHUNK) return 0.0f + APUS_NAME(chunk_sum)(term, x, y, n);
    const int64_t piece = APUS_SUM_PIECE(n);
    double total = 0;
    int64_t i = 0;
    for (; i + 4 * piece <= n; i += 4 * piece) {
        float sums[4];
        APUS_NAME(four_sums)(term, x + i, y + i, piece, piece, sums);
        for (int k = 0; k < 4; k += 1) total += sums[k];
    }
    for (; i < n; i += piece) {
        total += APUS_NAME(chunk_sum)(term, x + i, y + i, n - i < piece ? n - i : piece);
    }
    return (float)total;
}

static float APUS_NAME(sum)(const float *x, int64_t n) {
    return APUS_NAME(total)(APUS_TERM_VALUE, x, x, n);
}
static float APUS_NAME(sum_of_squares)(const float *x, int64_t n) {
    return APUS_NAME(total)(APUS_TERM_SQUARE, x, x, n);
}
static float APUS_NAME(dot)(const float *x, const float *y, int64_t n) {
    return APUS_NAME(total)(APUS_TERM_PRODUCT, x, y, n);
}

static void APUS_NAME(row_sums)(const float *x, int64_t rows, int64_t n, float *result) {
    int64_t row = 0;
    if (n <= APUS_SUM_CHUNK) {
        for (; row + 4 <= rows; row += 4) {
            float sums[4];
            APUS_NAME(four_sums)(APUS_TERM_VALUE, x + row * n, x + row * n, n, n, sums);
            // A row is a total too: its only chunk is added to +0.
            for (int k = 0; k < 4; k += 1) result[row + k] = 0.0f + sums[k];
        }
    }
    for (; row < rows; row += 1) result[row] = APUS_NAME(sum)(x + row * n, n);
}

// One row after the other: at most APUS_SUM_CHUNK of them.
static inline APUS_INLINE void APUS_NAME(few_rows)(
    const float *x, int64_t stride, int64_t rows, int64_t n, float *result, int accumulate) {
    if (!accumulate) memset(result, 0, (size_t)n * sizeof(float));
    int64_t whole = n & ~(int64_t)15;
    // Eight rows a sweep: the sums are read and written once for eight rows, the rows as eight
    // streams.
    int64_t row = 0;
    for (; row + 8 <= rows; row += 8) {
        const float *top = x + row * stride;
        for (int64_t j = 0; j < whole; j += 16) {
            lanes sum = load_lanes(result + j);
            for (int64_t k = 0; k < 8; k += 1) sum += load_lanes(top + k * stride + j);
            store_lanes(result + j, sum);
        }
    }
    for (; row < rows; row += 1) {
        for (int64_t j = 0; j < whole; j += 16) {
            store_lanes(result + j, load_lanes(result + j) + load_lanes(x + row * stride + j));
        }
    }
    if (whole < n) {
        lanes sum = load_first_lanes(result + whole, n - whole);
        for (row = 0; row < rows; row += 1) {
            sum += load_first_lanes(x + row * stride + whole, n - whole);
        }
        store_first_lanes(result + whole, sum, n - whole);
    }
}

// More rows than a chunk has: pieces of APUS_COLUMN_PIECE rows, their sums added in double. The columns in
// bands whose totals stay in the first-level cache.
static void APUS_NAME(many_rows)(
    const float *x, int64_t stride, int64_t rows, int64_t n, float *result, int accumulate) {
    enum { BAND = 256 };
    float sums[BAND] __attribute__((aligned(64)));
    double totals[BAND] __attribute__((aligned(64)));
    for (int64_t first = 0; first < n; first += BAND) {
        const int64_t width = n - first < BAND ? n - first : BAND;
        for (int64_t j = 0; j < width; j += 1) totals[j] = accumulate ? result[first + j] : 0;
        for (int64_t row = 0; row < rows; row += APUS_COLUMN_PIECE) {
            const int64_t left = rows - row;
            APUS_NAME(few_rows)(
                x + row * stride + first, stride,
                left < APUS_COLUMN_PIECE ? left : APUS_COLUMN_PIECE, width, sums, 0);
            for (int64_t j = 0; j < width; j += 1) totals[j] += sums[j];
        }
        for (int64_t j = 0; j < width; j += 1) result[first + j] = (float)totals[j];
    }
}

static void APUS_NAME(block_sums)(
    const float *x, int64_t stride, int64_t rows, int64_t n, float *result, int accumulate) {
    if (rows <= APUS_SUM_CHUNK) {
        APUS_NAME(few_rows)(x, stride, rows, n, result, accumulate);
    } else {
        APUS_NAME(many_rows)(x, stride, rows, n, result, accumulate);
    }
}

static void APUS_NAME(column_sums)(
    const float *x, int64_t rows, int64_t n, float *result, int accumulate) {
    APUS_NAME(block_sums)(x, n, rows, n, result, accumulate);
}
