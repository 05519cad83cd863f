// a·b + c rounded once, for x86-64 without a fused multiply-add: through doubles, where the product of two floats is
// exact. Included by isa_begin.h for the portable section; every other target has an instruction.
//
// The sum in double is rounded to 53 bits, and that to 24. Rounding twice gives the wrong float only where the first
// rounding lands in the middle between two floats, or where the result is denormal and the middle lies elsewhere.
// Such lanes are seen by their bits, and all 16 are computed again with the first rounding to odd, after which
// the second is right (Boldo, Melquiond, “Emulation of FMA and correctly rounded sums”, 2008).
//
// 1.1 ns a lane (2026, a Xeon), where a call of glibc's fmaf takes 2.5 ns if it finds the instruction after all, and 108 ns
// on a processor without it (measured with GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2).

typedef double exact_pair __attribute__((vector_size(16)));
typedef int64_t exact_pair_bits __attribute__((vector_size(16)));
typedef int32_t exact_quad_bits __attribute__((vector_size(16)));

// x + y rounded to odd: toward zero, and the last bit set where something was lost. Both are finite and far from the
// ends of double, or the sum is NaN or infinite.
static inline APUS_INLINE exact_pair sum_to_odd(exact_pair x, exact_pair y) {
    exact_pair sum = x + y;
    exact_pair of_y = sum - x;
    exact_pair lost = (x - (sum - of_y)) + (y - of_y);  // exact (Knuth); NaN where the sum is not finite
    exact_pair_bits is_inexact = (lost < 0.0) | (lost > 0.0);
    exact_pair_bits is_beyond = ((exact_pair_bits)lost ^ (exact_pair_bits)sum) >> 63;
    exact_pair_bits bits = (exact_pair_bits)sum + (is_inexact & is_beyond);  // one toward zero
    return (exact_pair)(bits | (is_inexact & 1));
}

// a·b + c of four lanes, whatever they are.
static inline APUS_INLINE lanes4 careful_fma_4(lanes4 a, lanes4 b, lanes4 c) {
    exact_pair sums[2];
    for (int half = 0; half < 2; half++) {
        int x = 2 * half, y = 2 * half + 1;
        exact_pair product = (exact_pair){a[x], a[y]} * (exact_pair){b[x], b[y]};
        sums[half] = sum_to_odd(product, (exact_pair){c[x], c[y]});
    }
    return (lanes4){(float)sums[0][0], (float)sums[0][1], (float)sums[1][0], (float)sums[1][1]};
}

static __attribute__((noinline, cold)) void APUS_NAME(careful_fma)(
    const float *a, const float *b, const float *c, float *result, size_t count
) {
    for (size_t i = 0; i < count; i += 4) {
        lanes4 x = *(const lanes4_unaligned *)(a + i), y = *(const lanes4_unaligned *)(b + i);
        lanes4 z = *(const lanes4_unaligned *)(c + i);
        *(lanes4_unaligned *)(result + i) = careful_fma_4(x, y, z);
    }
}

// a·b + c of four lanes; lanes that may be wrong are marked in `doubtful`.
static inline APUS_INLINE lanes4 quick_fma_4(
    lanes4 a, lanes4 b, lanes4 c, exact_quad_bits *doubtful
) {
    exact_pair low =
        __builtin_convertvector(__builtin_shufflevector(a, a, 0, 1), exact_pair)
            * __builtin_convertvector(__builtin_shufflevector(b, b, 0, 1), exact_pair)
        + __builtin_convertvector(__builtin_shufflevector(c, c, 0, 1), exact_pair);
    exact_pair high =
        __builtin_convertvector(__builtin_shufflevector(a, a, 2, 3), exact_pair)
            * __builtin_convertvector(__builtin_shufflevector(b, b, 2, 3), exact_pair)
        + __builtin_convertvector(__builtin_shufflevector(c, c, 2, 3), exact_pair);
    __m128 result = _mm_movelh_ps(_mm_cvtpd_ps((__m128d)low), _mm_cvtpd_ps((__m128d)high));
    exact_quad_bits rest = __builtin_shufflevector(
        (exact_quad_bits)low, (exact_quad_bits)high, 0, 2, 4, 6);
    exact_quad_bits size = (exact_quad_bits)result & 0x7fffffff;
    // In the middle; or denormal, or the smallest normal number, to which a denormal may have been rounded up. A
    // zero is right: what rounds to it is exact in double.
    *doubtful |= ((rest & 0x1fffffff) == 0x10000000) | ((size > 0) & (size < 0x00800001));
    return (lanes4)result;
}

static inline APUS_INLINE int any_doubtful(exact_quad_bits doubtful) {
    return _mm_movemask_ps((__m128)doubtful) != 0;
}

static inline APUS_INLINE lanes exact_fma_lanes(lanes a, lanes b, lanes c) {
    exact_quad_bits doubtful = {0};
#define APUS_QUARTER(v, i) __builtin_shufflevector(v, v, i, i + 1, i + 2, i + 3)
    lanes8 low = join_4_4(
        quick_fma_4(APUS_QUARTER(a, 0), APUS_QUARTER(b, 0), APUS_QUARTER(c, 0), &doubtful),
        quick_fma_4(APUS_QUARTER(a, 4), APUS_QUARTER(b, 4), APUS_QUARTER(c, 4), &doubtful));
    lanes8 high = join_4_4(
        quick_fma_4(APUS_QUARTER(a, 8), APUS_QUARTER(b, 8), APUS_QUARTER(c, 8), &doubtful),
        quick_fma_4(APUS_QUARTER(a, 12), APUS_QUARTER(b, 12), APUS_QUARTER(c, 12), &doubtful));
#undef APUS_QUARTER
    lanes result = join_8_8(low, high);
    if (__builtin_expect(any_doubtful(doubtful), 0)) {
        APUS_NAME(careful_fma)(
            (const float *)&a, (const float *)&b, (const float *)&c, (float *)&result, 16);
    }
    return result;
}

// a·b + c of one number.
static inline APUS_INLINE float exact_fma_one(float a, float b, float c) {
    double product = (double)a * (double)b;
    return (float)sum_to_odd((exact_pair){product, 0}, (exact_pair){(double)c, 0})[0];
}

// x + y and what its rounding lost (Knuth).
static inline APUS_INLINE exact_pair sum_with_loss(exact_pair x, exact_pair y, exact_pair *lost) {
    exact_pair sum = x + y;
    exact_pair of_y = sum - x;
    *lost = (x - (sum - of_y)) + (y - of_y);
    return sum;
}

// Lanes, two words each, whose size is 2⁻⁴⁰⁰ to 2⁴⁰⁰: none of the parts below leaves the normal numbers.
static inline APUS_INLINE exact_pair_bits is_moderate(exact_pair x) {
    exact_quad_bits words = (exact_quad_bits)x;
    exact_quad_bits high = __builtin_shufflevector(words, words, 1, 1, 3, 3) & 0x7fffffff;
    return (exact_pair_bits)((high >= (1023 - 400) << 20) & (high < (1023 + 400) << 20));
}

// x as two numbers of at most 26 bits (Veltkamp).
static inline APUS_INLINE exact_pair upper_half(exact_pair x) {
    exact_pair scaled = x * 0x1.0000002p27;
    return scaled - (scaled - x);
}

// a·b + c of two doubles: the product and its loss (Dekker), added to c so that only the last sum rounds; the one before
// it rounds to odd (Boldo, Melquiond). Lanes that may be wrong are marked: they are zero, small or large.
static inline APUS_INLINE exact_pair quick_fma_wide(
    exact_pair a, exact_pair b, exact_pair c, exact_pair_bits *doubtful
) {
    exact_pair product = a * b, a_high = upper_half(a), b_high = upper_half(b);
    exact_pair a_low = a - a_high, b_low = b - b_high;
    exact_pair rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    exact_pair lower, lost;
    exact_pair upper = sum_with_loss(c, rest, &lower);
    exact_pair sum = sum_with_loss(product, upper, &lost);
    *doubtful |= ~((is_moderate(a) | (a == 0.0)) & (is_moderate(b) | (b == 0.0)) & is_moderate(c));
    return sum + sum_to_odd(lost, lower);
}
