// The vectors of the matrix product: as wide as the registers, so that a tile's sums fill the register file
// and nothing spills. (The width does not touch the bits: every lane is a chain of its own.)

#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
#define WIDTH 16
#define TILE_ROWS 12
#define STRIP_VECTORS 2
#define FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12)
#define WIDE_ROWS 3
#define WIDE_VECTORS 8
#define FOR_WIDE_ROWS(X) X(1) X(2) X(3)
#define HAS_MASKS 1
#elif APUS_TARGET_CODE == APUS_TARGET_IS_avx2
#define WIDTH 8
#define TILE_ROWS 6
#define STRIP_VECTORS 2
#define FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6)
#define WIDE_ROWS 1
#define WIDE_VECTORS 8
#define FOR_WIDE_ROWS(X) X(1)
#define HAS_MASKS 1
#elif APUS_TARGET_CODE == APUS_TARGET_IS_neon
#define WIDTH 4
#define TILE_ROWS 8
#define STRIP_VECTORS 3
#define FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8)
#define WIDE_ROWS 3
#define WIDE_VECTORS 6
#define FOR_WIDE_ROWS(X) X(1) X(2) X(3)
#define HAS_MASKS 0
#else
#define WIDTH 4
#define TILE_ROWS 4
#define STRIP_VECTORS 3
#define FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4)
#define WIDE_ROWS 1
#define WIDE_VECTORS 6
#define FOR_WIDE_ROWS(X) X(1)
#define HAS_MASKS 0
#endif
#define STRIP (WIDTH * STRIP_VECTORS)
// Whole strips, several side by side.
#define WIDE_STRIP (WIDTH * WIDE_VECTORS)
#define UNROLLED _Pragma("clang loop unroll(full)")

typedef float vector __attribute__((vector_size(4 * WIDTH)));
typedef int32_t lane_bits __attribute__((vector_size(4 * WIDTH)));
typedef float vector_unaligned __attribute__((vector_size(4 * WIDTH), aligned(4)));

static inline APUS_INLINE vector load_vector(const float *p) {
    return *(const vector_unaligned *)p;
}

static inline APUS_INLINE void store_vector(float *p, vector v) { *(vector_unaligned *)p = v; }

static inline APUS_INLINE vector all_of(float x) { return x - (vector){0}; }

// Which of the first `count` lanes of a vector are there.
#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
typedef __mmask16 lane_mask;

static inline APUS_INLINE lane_mask first_lanes(size_t count) {
    return (lane_mask)((1u << count) - 1);
}

static inline APUS_INLINE vector load_first(const float *p, lane_mask mask) {
    return (vector)_mm512_maskz_loadu_ps(mask, p);
}

static inline APUS_INLINE void store_first(float *p, vector v, lane_mask mask) {
    _mm512_mask_storeu_ps(p, mask, (__m512)v);
}
#elif APUS_TARGET_CODE == APUS_TARGET_IS_avx2
typedef __m256i lane_mask;

static inline APUS_INLINE lane_mask first_lanes(size_t count) {
    const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), lane);
}

static inline APUS_INLINE vector load_first(const float *p, lane_mask mask) {
    return (vector)_mm256_maskload_ps(p, mask);
}

static inline APUS_INLINE void store_first(float *p, vector v, lane_mask mask) {
    _mm256_maskstore_ps(p, mask, (__m256)v);
}
#else
typedef size_t lane_mask;

static inline APUS_INLINE lane_mask first_lanes(size_t count) { return count; }

static inline APUS_INLINE vector load_first(const float *p, lane_mask count) {
    vector v = {0};
    UNROLLED
    for (size_t i = 0; i < WIDTH; i++) {
        if (i < count) v[i] = p[i];
    }
    return v;
}

static inline APUS_INLINE void store_first(float *p, vector v, lane_mask count) {
    UNROLLED
    for (size_t i = 0; i < WIDTH; i++) {
        if (i < count) p[i] = v[i];
    }
}
#endif
