// Greatest and least elements and where they stand. Comparisons are exact, so their order is free;
// only between −0 and +0 it would show, and there the result is +0.

// Set in the first `count` lanes.
static inline APUS_INLINE ilanes APUS_NAME(first_mask)(int64_t count) {
    const ilanes index = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return index < (int32_t)count;
}

// max(x) where sign is 1, −max(−x) = min(x) where it is −1.
static inline APUS_INLINE float APUS_NAME(extreme)(const float *x, int64_t n, float sign) {
    const lanes lowest = all_lanes(-__builtin_inff());
    lanes best[4] = {lowest, lowest, lowest, lowest};
    ilanes nan = {0};
    int64_t i = 0;
    for (; i + 64 <= n; i += 64) {
        for (int64_t k = 0; k < 4; k += 1) {
            lanes v = load_lanes(x + i + 16 * k) * sign;
            best[k] = select_lanes(v > best[k], v, best[k]);
            nan |= v != v;
        }
    }
    for (; i < n; i += 16) {
        lanes v = lowest;
        if (i + 16 <= n) {
            v = load_lanes(x + i) * sign;
        } else {
            lanes first = load_first_lanes(x + i, n - i) * sign;
            v = select_lanes(APUS_NAME(first_mask)(n - i), first, lowest);
        }
        best[0] = select_lanes(v > best[0], v, best[0]);
        nan |= v != v;
    }
    if (__builtin_reduce_or(nan)) return __builtin_nanf("");
    best[0] = select_lanes(best[0] > best[1], best[0], best[1]);
    best[2] = select_lanes(best[2] > best[3], best[2], best[3]);
    best[0] = select_lanes(best[0] > best[2], best[0], best[2]);
    lanes v = best[0];
    lanes w = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    v = select_lanes(v > w, v, w);
    w = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
    v = select_lanes(v > w, v, w);
    w = __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    v = select_lanes(v > w, v, w);
    return (v[0] > v[1] ? v[0] : v[1]) * sign + 0.0f;
}

static float APUS_NAME(maximum)(const float *x, int64_t n) {
    return APUS_NAME(extreme)(x, n, 1);
}
static float APUS_NAME(minimum)(const float *x, int64_t n) {
    return APUS_NAME(extreme)(x, n, -1);
}

// The first index where an element equals `value`, or is NaN if `value` is; −1 if none does.
static inline APUS_INLINE int64_t APUS_NAME(first_equal)(const float *x, int64_t n, float value) {
    int wanted_nan = value != value;
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) {
        lanes v = load_lanes(x + i);
        ilanes found = wanted_nan ? v != v : v == value;
        if (__builtin_reduce_or(found)) break;
    }
    for (; i < n; i += 1) {
        if (wanted_nan ? x[i] != x[i] : x[i] == value) return i;
    }
    return -1;
}

static int64_t APUS_NAME(argmax)(const float *x, int64_t n) {
    return APUS_NAME(first_equal)(x, n, APUS_NAME(maximum)(x, n));
}
static int64_t APUS_NAME(argmin)(const float *x, int64_t n) {
    return APUS_NAME(first_equal)(x, n, APUS_NAME(minimum)(x, n));
}

static int64_t APUS_NAME(first_not_finite)(const float *x, int64_t n) {
    int64_t i = 0;
    for (; i + 64 <= n; i += 64) {
        ilanes found = {0};
        for (int64_t k = 0; k < 4; k += 1) {
            found |= ~(absolute_lanes(load_lanes(x + i + 16 * k)) < __builtin_inff());
        }
        if (__builtin_reduce_or(found)) break;
    }
    for (; i < n; i += 1) {
        if (!(__builtin_fabsf(x[i]) < __builtin_inff())) return i;
    }
    return -1;
}

#define APUS_ROWS(NAME, FUNCTION, RESULT) \
    static void APUS_NAME(NAME)(const float *x, int64_t rows, int64_t n, RESULT *result) { \
        for (int64_t row = 0; row < rows; row += 1) { \
            result[row] = (RESULT)APUS_NAME(FUNCTION)(x + row * n, n); \
        } \
    }
APUS_ROWS(row_maxima, maximum, float)
APUS_ROWS(row_minima, minimum, float)
APUS_ROWS(row_argmax, argmax, int32_t)
APUS_ROWS(row_argmin, argmin, int32_t)
#undef APUS_ROWS
