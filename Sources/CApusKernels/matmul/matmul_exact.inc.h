// The depth of a tile without a fused multiply-add: the sums stay in doubles, and a step is a product, a sum and a
// rounding to float by whole numbers.
//
// All values are 2⁻⁸⁹⁶ of what they stand for: then the smallest normal float is the smallest normal double, and
// adding to the bits and cutting off the last 29 of 53 rounds denormal sums where floats of their size end. A product
// may lose bits below 2⁻¹⁰⁷⁴; no middle between two floats needs them, and losing them moves no sum across one.
//
// Wrong is that rounding only for sums in the middle between two floats (as doubles they may be rounded ones, and even
// must win) and from 2¹²⁸ on, where a float is infinite. Both are noticed by one comparison, and the stretch of the
// depth in which it happened is computed again with careful_fma_4. (2026, a Xeon, one thread, 128³: 3.5 GFLOP/s; with a
// call of fmaf a lane 0.8, and 0.02 on a processor without the instruction.)

// Steps of the depth between two looks at what was noticed.
#define EXACT_STRETCH 32

typedef exact_pair_bits bits_of_pair;

// One rounding of product + sum; what is noticed is added to `noticed`.
static inline APUS_INLINE exact_pair exact_step(
    exact_pair a, exact_pair b, exact_pair sum, exact_quad_bits *noticed
) {
    // 2¹²⁸·2⁻⁸⁹⁶ has 255 in its exponent; a middle has all of the last 29 bits set after this addition.
    const exact_quad_bits seen = {0x1fffffff, 0x7fffffff, 0x1fffffff, 0x7fffffff};
    const exact_quad_bits limit = {0x1ffffffe, 0x0fefffff, 0x1ffffffe, 0x0fefffff};
    bits_of_pair bits = (bits_of_pair)(a * b + sum) + 0x0fffffff;
    *noticed |= ((exact_quad_bits)bits & seen) > limit;
    return (exact_pair)(bits & ~(int64_t)0x1fffffff);
}

static inline APUS_INLINE exact_pair exact_half(vector v, const int high) {
    return high ? __builtin_convertvector(__builtin_shufflevector(v, v, 2, 3), exact_pair)
                : __builtin_convertvector(__builtin_shufflevector(v, v, 0, 1), exact_pair);
}

// sums[i][j] += Σ a·b over the stretch, lane by lane.
static __attribute__((noinline, cold)) void careful_stretch(
    size_t rows, size_t vectors, int form, size_t k, const float *a, size_t a_stride,
    const float *b, size_t b_row, vector *sums, size_t sum_row
) {
    for (size_t p = 0; p < k; p++) {
        for (size_t i = 0; i < rows; i++) {
            const vector as = all_of(form == ROWS ? a[i * a_stride + p] : a[p * a_stride + i]);
            for (size_t j = 0; j < vectors; j++) {
                vector *sum = sums + i * sum_row + j;
                *sum = (vector)careful_fma_4(
                    (lanes4)as, (lanes4)load_vector(b + p * b_row + j * WIDTH), (lanes4)*sum);
            }
        }
    }
}

static inline APUS_INLINE void exact_depth(
    const size_t rows, const size_t vectors, const int form, size_t k, const float *a,
    size_t a_stride, const float *b, size_t b_row, vector sums[TILE_ROWS][WIDE_VECTORS]
) {
    const double down = 0x1p-896, up = 0x1p896;
    while (k > 0) {
        const size_t length = k < EXACT_STRETCH ? k : EXACT_STRETCH;
        exact_pair wide[TILE_ROWS][2 * WIDE_VECTORS];
        exact_quad_bits noticed = {0};
        UNROLLED
        for (size_t i = 0; i < rows; i++) {
            UNROLLED
            for (size_t j = 0; j < 2 * vectors; j++) {
                wide[i][j] = exact_half(sums[i][j / 2], j % 2) * down;
            }
        }
        for (size_t p = 0; p < length; p++) {
            exact_pair bs[2 * WIDE_VECTORS];
            UNROLLED
            for (size_t j = 0; j < 2 * vectors; j++) {
                bs[j] = exact_half(load_vector(b + p * b_row + j / 2 * WIDTH), j % 2);
            }
            UNROLLED
            for (size_t i = 0; i < rows; i++) {
                const double x = form == ROWS ? a[i * a_stride + p] : a[p * a_stride + i];
                const exact_pair as = (exact_pair){x, x} * down;
                UNROLLED
                for (size_t j = 0; j < 2 * vectors; j++) {
                    wide[i][j] = exact_step(as, bs[j], wide[i][j], &noticed);
                }
            }
        }
        if (__builtin_expect(any_doubtful(noticed), 0)) {
            careful_stretch(
                rows, vectors, form, length, a, a_stride, b, b_row, &sums[0][0], WIDE_VECTORS);
        } else {
            UNROLLED
            for (size_t i = 0; i < rows; i++) {
                UNROLLED
                for (size_t j = 0; j < vectors; j++) {
                    sums[i][j] = (vector)_mm_movelh_ps(
                        _mm_cvtpd_ps((__m128d)(wide[i][2 * j] * up)),
                        _mm_cvtpd_ps((__m128d)(wide[i][2 * j + 1] * up)));
                }
            }
        }
        k -= length;
        a += form == ROWS ? length : length * a_stride;
        b += length * b_row;
    }
}
