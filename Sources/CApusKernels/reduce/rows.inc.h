// Element by element over vectors and rows; the transposition.

// The statements for i = 0, 16, …, and once more for what is left, in the same lanes with zeros
// behind the end. `load_left(p, left)` and `store_left(p, v, left)` there are whole loads and
// stores but in the last turn.
#define APUS_EACH_16(COUNT, ...) \
    { \
        const int64_t end_ = (COUNT); \
        int64_t i = 0; \
        for (; i + 16 <= end_; i += 16) { \
            const int64_t left = 16; \
            __VA_ARGS__; \
        } \
        if (i < end_) { \
            const int64_t left = end_ - i; \
            __VA_ARGS__; \
        } \
    }
static inline APUS_INLINE lanes load_left(const float *p, int64_t left) {
    return left == 16 ? load_lanes(p) : load_first_lanes(p, left);
}
static inline APUS_INLINE void store_left(float *p, lanes v, int64_t left) {
    if (left == 16) {
        store_lanes(p, v);
    } else {
        store_first_lanes(p, v, left);
    }
}

static void APUS_NAME(scale)(float factor, const float *x, int64_t n, float *result) {
    APUS_EACH_16(n, store_left(result + i, load_left(x + i, left) * factor, left))
}

static void APUS_NAME(axpy)(float factor, const float *x, int64_t n, float *y) {
    lanes a = all_lanes(factor);
    APUS_EACH_16(
        n, store_left(y + i, fma_lanes(a, load_left(x + i, left), load_left(y + i, left)), left))
}

static void APUS_NAME(add_row)(
    const float *x, const float *row, int64_t rows, int64_t n, float *result) {
    for (int64_t r = 0; r < rows; r += 1, x += n, result += n) {
        APUS_EACH_16(
            n, store_left(result + i, load_left(x + i, left) + load_left(row + i, left), left))
    }
}

// One of the four steps that transpose a 16 × 16 block: rows `distance` apart exchange half of
// their elements, until every element has crossed the diagonal.
#define APUS_EXCHANGE(DISTANCE, LOW, HIGH) \
    for (int k = 0; k < 16; k += 1) { \
        if (k & DISTANCE) continue; \
        lanes upper = block[k], lower = block[k + DISTANCE]; \
        block[k] = __builtin_shufflevector(upper, lower, LOW); \
        block[k + DISTANCE] = __builtin_shufflevector(upper, lower, HIGH); \
    }
#define APUS_LIST(...) __VA_ARGS__

static void APUS_NAME(transpose)(
    const float *x, int64_t stride, int64_t rows, int64_t columns, float *result,
    int64_t resultStride) {
    for (int64_t i = 0; i < rows; i += 16) {
        int64_t height = rows - i < 16 ? rows - i : 16;
        for (int64_t j = 0; j < columns; j += 16) {
            int64_t width = columns - j < 16 ? columns - j : 16;
            lanes block[16];
            if (height == 16 && width == 16) {
                for (int k = 0; k < 16; k += 1) block[k] = load_lanes(x + (i + k) * stride + j);
            } else {
                for (int k = 0; k < 16; k += 1) {
                    block[k] = k < height ? load_first_lanes(x + (i + k) * stride + j, width)
                                          : all_lanes(0);
                }
            }
            APUS_EXCHANGE(8, APUS_LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
                APUS_LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
            APUS_EXCHANGE(4, APUS_LIST(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
                APUS_LIST(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
            APUS_EXCHANGE(2, APUS_LIST(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
                APUS_LIST(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
            APUS_EXCHANGE(1, APUS_LIST(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
                APUS_LIST(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
            for (int64_t k = 0; k < width; k += 1) {
                store_left(result + (j + k) * resultStride + i, block[k], height);
            }
        }
    }
}
#undef APUS_EXCHANGE
#undef APUS_LIST
