// Maxima of columns. Four vectors of columns go down the rows side by side: one alone waits for its comparison.

#define MOST_VECTORS 4

static inline APUS_INLINE void maxima_of_vectors(
    int vectors, const float *x, int64_t rows, int64_t left, int64_t stride, float *maxima,
    int32_t *positions) {
    lanes best[MOST_VECTORS];
    ilanes where[MOST_VECTORS];
    for (int v = 0; v < vectors; v += 1) {
        best[v] = left == 16 ? load_lanes(x + 16 * v) : load_first_lanes(x, left);
        where[v] = (ilanes){0};
    }
    for (int64_t row = 1; row < rows; row += 1) {
        const float *p = x + row * stride;
        for (int v = 0; v < vectors; v += 1) {
            lanes value = left == 16 ? load_lanes(p + 16 * v) : load_first_lanes(p, left);
            ilanes wins = (value > best[v]) | ((value != value) & (best[v] == best[v]));
            best[v] = (lanes)(((ilanes)value & wins) | ((ilanes)best[v] & ~wins));
            where[v] = (wins & (int32_t)row) | (where[v] & ~wins);
        }
    }
    for (int v = 0; v < vectors; v += 1) {
        if (left == 16) {
            store_lanes(maxima + 16 * v, best[v]);
            memcpy(positions + 16 * v, &where[v], 64);
        } else {
            store_first_lanes(maxima, best[v], left);
            memcpy(positions, &where[v], (size_t)left * sizeof(int32_t));
        }
    }
}

static void APUS_NAME(column_maxima)(
    const float *x, int64_t rows, int64_t n, int64_t stride, float *maxima, int32_t *positions) {
    int64_t column = 0;
    for (; column + 16 * MOST_VECTORS <= n; column += 16 * MOST_VECTORS) {
        maxima_of_vectors(
            MOST_VECTORS, x + column, rows, 16, stride, maxima + column, positions + column);
    }
    for (; column + 16 <= n; column += 16) {
        maxima_of_vectors(1, x + column, rows, 16, stride, maxima + column, positions + column);
    }
    if (column < n) {
        maxima_of_vectors(
            1, x + column, rows, n - column, stride, maxima + column, positions + column);
    }
}

#undef MOST_VECTORS

const apus_pooling_kernels APUS_NAME(apus_pooling_kernels) = {
    .column_maxima = APUS_NAME(column_maxima),
};
