// Copies into the order in which the tiles read.

// Turns WIDTH rows into WIDTH columns: in step d, the d × d squares off the diagonal change places.
#if WIDTH == 16
#define LANES(F) F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7), \
    F(8), F(9), F(10), F(11), F(12), F(13), F(14), F(15)
#elif WIDTH == 8
#define LANES(F) F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7)
#else
#define LANES(F) F(0), F(1), F(2), F(3)
#endif
#define TRANSPOSE_STEP(d, UPPER, LOWER) \
    UNROLLED \
    for (int i = 0; i < WIDTH; i++) { \
        if (i & d) continue; \
        vector x = rows[i], y = rows[i + d]; \
        rows[i] = __builtin_shufflevector(x, y, LANES(UPPER)); \
        rows[i + d] = __builtin_shufflevector(x, y, LANES(LOWER)); \
    }
#define UPPER(c, d) ((c) & (d) ? WIDTH + (c) - (d) : (c))
#define LOWER(c, d) ((c) & (d) ? WIDTH + (c) : (c) + (d))
#define UPPER_1(c) UPPER(c, 1)
#define LOWER_1(c) LOWER(c, 1)
#define UPPER_2(c) UPPER(c, 2)
#define LOWER_2(c) LOWER(c, 2)
#define UPPER_4(c) UPPER(c, 4)
#define LOWER_4(c) LOWER(c, 4)
#define UPPER_8(c) UPPER(c, 8)
#define LOWER_8(c) LOWER(c, 8)

static inline APUS_INLINE void transpose(vector rows[WIDTH]) {
    TRANSPOSE_STEP(1, UPPER_1, LOWER_1)
    TRANSPOSE_STEP(2, UPPER_2, LOWER_2)
#if WIDTH >= 8
    TRANSPOSE_STEP(4, UPPER_4, LOWER_4)
#endif
#if WIDTH >= 16
    TRANSPOSE_STEP(8, UPPER_8, LOWER_8)
#endif
}

// WIDTH columns of a strip from WIDTH rows of transposed B: b[column·stride + p] → packed[p·strip + column].
static void pack_transposed(
    size_t k, size_t columns, const float *b, size_t stride, float *packed, const size_t strip
) {
    vector rows[WIDTH];
    size_t p = 0;
    if (columns >= WIDTH) {
        for (; p + WIDTH <= k; p += WIDTH) {
            UNROLLED
            for (size_t i = 0; i < WIDTH; i++) {
                rows[i] = load_vector(b + i * stride + p);
                // The same of the next rows: so many streams the processor does not foresee by itself.
                __builtin_prefetch(b + (i + WIDTH) * stride + p, 0, 2);
            }
            transpose(rows);
            UNROLLED
            for (size_t i = 0; i < WIDTH; i++) store_vector(packed + (p + i) * strip, rows[i]);
        }
    }
    for (; p < k; p += WIDTH) {
        const size_t left = k - p < WIDTH ? k - p : WIDTH;
        const lane_mask mask = first_lanes(left);
        UNROLLED
        for (size_t i = 0; i < WIDTH; i++) {
            rows[i] = i < columns ? load_first(b + i * stride + p, mask) : (vector){0};
        }
        transpose(rows);
        UNROLLED
        for (size_t i = 0; i < WIDTH; i++) {
            if (i < left) store_vector(packed + (p + i) * strip, rows[i]);
        }
    }
}

// One strip of B[k, columns], columns ≤ strip, filled up with zeros.
static inline APUS_INLINE void pack_strip(
    size_t k, size_t columns, const float *b, size_t b_row, size_t b_column, float *packed,
    const size_t strip
) {
    for (size_t j = 0; j < strip; j += WIDTH) {
        const size_t left = columns > j ? columns - j : 0;
        if (left > 0 && b_column != 1) {
            pack_transposed(k, left, b + j * b_column, b_column, packed + j, strip);
        } else {
            const lane_mask mask = first_lanes(left < WIDTH ? left : WIDTH);
            for (size_t p = 0; p < k; p++) {
                const float *row = b + p * b_row + j;
                store_vector(
                    packed + p * strip + j,
                    left < WIDTH ? load_first(row, mask) : load_vector(row));
            }
        }
    }
}

#define ROWS_AHEAD 4

// B[k, n] as strips one after the other, each k rows of STRIP numbers.
static void APUS_NAME(pack_b)(
    size_t k, size_t n, const float *b, size_t b_row, size_t b_column, float *packed
) {
    size_t j = 0;
    if (b_column == 1) {
        // Row by row through all strips: lines side by side are fetched together, lines rows apart are not.
        j = n - n % STRIP;
        for (size_t p = 0; p < k; p++) {
            const float *row = b + p * b_row;
            for (size_t column = 0; column < j; column += 16) {
                __builtin_prefetch(row + ROWS_AHEAD * b_row + column);
            }
            for (size_t column = 0; column < j; column += WIDTH) {
                store_vector(
                    packed + (column - column % STRIP) * k + p * STRIP + column % STRIP,
                    load_vector(row + column));
            }
        }
    }
    for (; j < n; j += STRIP) {
        const size_t columns = n - j < STRIP ? n - j : STRIP;
        pack_strip(k, columns, b + j * b_column, b_row, b_column, packed + j * k, STRIP);
    }
}
