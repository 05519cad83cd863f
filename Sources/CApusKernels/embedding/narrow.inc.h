// Fewer than 16 floats in one register of 16 lanes: two loads that overlap in the middle, so that nothing
// outside p[0 ..< count] is touched and no masks are needed. Storing writes the same values back twice where
// they overlap, hence a `lanes` from here must come from lane-by-lane operations alone.

typedef float lanes8 __attribute__((vector_size(32)));
typedef float lanes4 __attribute__((vector_size(16)));
typedef float lanes2 __attribute__((vector_size(8)));

#define APUS_LOAD_PART(type, p) \
    ({ type part; memcpy(&part, (p), sizeof part); part; })
#define APUS_STORE_PART(type, p, ...) \
    do { type part = __VA_ARGS__; memcpy((p), &part, sizeof part); } while (0)

static inline APUS_INLINE lanes load_narrow(const float *p, size_t count) {
    if (count >= 8) {
        lanes8 head = APUS_LOAD_PART(lanes8, p);
        lanes8 tail = APUS_LOAD_PART(lanes8, p + count - 8);
        return __builtin_shufflevector(
            head, tail, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }
    lanes8 low = {0};
    if (count >= 4) {
        lanes4 head = APUS_LOAD_PART(lanes4, p);
        lanes4 tail = APUS_LOAD_PART(lanes4, p + count - 4);
        low = __builtin_shufflevector(head, tail, 0, 1, 2, 3, 4, 5, 6, 7);
    } else if (count >= 2) {
        lanes2 head = APUS_LOAD_PART(lanes2, p);
        lanes2 tail = APUS_LOAD_PART(lanes2, p + count - 2);
        lanes4 both = __builtin_shufflevector(head, tail, 0, 1, 2, 3);
        low = __builtin_shufflevector(both, both, 0, 1, 2, 3, 0, 1, 2, 3);
    } else if (count == 1) {
        low[0] = *p;
    }
    return __builtin_shufflevector(low, low, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
}

static inline APUS_INLINE void store_narrow(float *p, size_t count, lanes v) {
    if (count >= 8) {
        APUS_STORE_PART(lanes8, p, __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7));
        APUS_STORE_PART(
            lanes8, p + count - 8, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
    } else if (count >= 4) {
        APUS_STORE_PART(lanes4, p, __builtin_shufflevector(v, v, 0, 1, 2, 3));
        APUS_STORE_PART(lanes4, p + count - 4, __builtin_shufflevector(v, v, 4, 5, 6, 7));
    } else if (count >= 2) {
        APUS_STORE_PART(lanes2, p, __builtin_shufflevector(v, v, 0, 1));
        APUS_STORE_PART(lanes2, p + count - 2, __builtin_shufflevector(v, v, 2, 3));
    } else if (count == 1) {
        *p = v[0];
    }
}
