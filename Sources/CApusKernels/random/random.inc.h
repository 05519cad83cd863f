// Philox fills for one instruction set. Eight blocks run side by side, each word in the low half of a 64-bit
// lane, where the full product of two words is one instruction on every processor.
//
// No multiply-add is fused here: the bits are the same without it, and the portable path stays in vectors.

#include "philox.h"

typedef uint32_t ulanes __attribute__((vector_size(64)));
typedef uint64_t wide __attribute__((vector_size(64)));

typedef enum { DRAW_WORDS, DRAW_UNIFORM, DRAW_NORMAL, DRAW_MASK } draw;

// What a fill needs besides words: [lower, upper) with `a`, `b`; mean and deviation; or zero's probability
// and the other value.
typedef struct {
    uint64_t key_0[PHILOX_ROUNDS], key_1[PHILOX_ROUNDS];
    float a, b, largest;
    int32_t threshold;
} fill_setting;

// The words of the blocks block ..< block + 8, in order.
static inline APUS_INLINE void eight_blocks(
    ulanes *first, ulanes *second, uint64_t block, const fill_setting *s) {
    const wide low = (wide){} + 0xFFFFFFFFu;
    wide c0 = (wide){0, 1, 2, 3, 4, 5, 6, 7} + block;
    wide c1 = c0 >> 32, c2 = {0}, c3 = {0};
    // The upper halves hold what the products left there; nothing below looks at them.
#pragma clang loop unroll(full)
    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        wide product_0 = (c0 & low) * (uint64_t)PHILOX_MULTIPLIER_0;
        wide product_1 = (c2 & low) * (uint64_t)PHILOX_MULTIPLIER_1;
        c0 = (product_1 >> 32) ^ c1 ^ s->key_0[round];
        c1 = product_1;
        c2 = (product_0 >> 32) ^ c3 ^ s->key_1[round];
        c3 = product_0;
    }
    wide left = (c0 & low) | (c1 << 32);
    wide right = (c2 & low) | (c3 << 32);
    *first = (ulanes)__builtin_shufflevector(left, right, 0, 8, 1, 9, 2, 10, 3, 11);
    *second = (ulanes)__builtin_shufflevector(left, right, 4, 12, 5, 13, 6, 14, 7, 15);
}

static inline APUS_INLINE lanes unit_uniform(ulanes words) {
    return __builtin_convertvector((ilanes)(words >> 8), lanes) * all_lanes(0x1p-24f);
}

static inline APUS_INLINE lanes choose(ilanes condition, lanes yes, lanes no) {
    return (lanes)((condition & (ilanes)yes) | (~condition & (ilanes)no));
}

// √(-2 ln u), u = (x + ½) / 2^31 for the upper 31 bits x of a word, rounded to a float: in (0, 1].
static inline APUS_INLINE lanes normal_radius(ulanes words) {
    lanes x = __builtin_convertvector((ilanes)(words >> 1), lanes) + all_lanes(0.5f);
    // x = m · 2^e with m in [√½, √2), so that the logarithm near u = 1 keeps its precision.
    ilanes above_root_half = (ilanes)x - 0x3F3504F3;
    ilanes exponent = above_root_half >> 23;
    lanes f = (lanes)((ilanes)x - (exponent << 23)) - all_lanes(1);
    // ln(1 + f) = f - f²/2 + f³·P(f), P minimax on that interval: relative error of the sum below 6e-9.
    lanes p = all_lanes(-0.0785961371528f);
    p = p * f + all_lanes(0.128816471168f);
    p = p * f + all_lanes(-0.131287537845f);
    p = p * f + all_lanes(0.141811919598f);
    p = p * f + all_lanes(-0.166245541571f);
    p = p * f + all_lanes(0.200022862752f);
    p = p * f + all_lanes(-0.250008104017f);
    p = p * f + all_lanes(0.333333167259f);
    lanes square = f * f;
    lanes logarithm = f - (square * all_lanes(0.5f) - square * f * p);
    logarithm += __builtin_convertvector(exponent - 31, lanes) * all_lanes(0.69314718056f);
    return __builtin_elementwise_sqrt(logarithm * all_lanes(-2));
}

// Cosine and sine of 2π · word / 2^32. The nearest quarter turn is taken off in integers, exactly.
static inline APUS_INLINE void angle_of(ulanes words, lanes *cosine, lanes *sine) {
    ulanes quarter = (words + 0x20000000u) >> 30;
    lanes x = __builtin_convertvector((ilanes)(words - (quarter << 30)), lanes)
        * all_lanes(0x1.921fb54442d18p-30f);
    lanes square = x * x;
    // Minimax on [-π/4, π/4]: errors below 4e-9 of x and 1e-10.
    lanes s = all_lanes(-0.000195172989843f);
    s = s * square + all_lanes(0.00833217814618f);
    s = s * square + all_lanes(-0.166666549437f);
    s = x + x * square * s;
    lanes c = all_lanes(2.4438451594e-5f);
    c = c * square + all_lanes(-0.00138873675158f);
    c = c * square + all_lanes(0.0416666468664f);
    c = all_lanes(1) - (square * all_lanes(0.5f) - square * square * c);
    ilanes odd = -(ilanes)(quarter & 1);
    *cosine = (lanes)((ilanes)choose(odd, s, c) ^ (ilanes)(((quarter + 1) & 2) << 30));
    *sine = (lanes)((ilanes)choose(odd, c, s) ^ (ilanes)((quarter & 2) << 30));
}

static inline APUS_INLINE void store_any(void *p, ulanes v) { memcpy(p, &v, sizeof v); }

// Elements for 32 words in order; `kind` is a constant.
static inline APUS_INLINE void draw_32(
    draw kind, uint32_t *out, ulanes first, ulanes second, const fill_setting *s) {
    ulanes words[2] = {first, second};
    switch (kind) {
    case DRAW_WORDS:
        break;
    case DRAW_UNIFORM:
        for (int i = 0; i < 2; i++) {
            lanes x = unit_uniform(words[i]) * all_lanes(s->b) + all_lanes(s->a);
            words[i] = (ulanes)choose(x > all_lanes(s->largest), all_lanes(s->largest), x);
        }
        break;
    case DRAW_NORMAL: {
        ulanes even = __builtin_shufflevector(
            first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        ulanes odd = __builtin_shufflevector(
            first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        lanes cosine, sine, radius = normal_radius(even);
        angle_of(odd, &cosine, &sine);
        lanes x = all_lanes(s->a) + all_lanes(s->b) * (radius * cosine);
        lanes y = all_lanes(s->a) + all_lanes(s->b) * (radius * sine);
        words[0] = (ulanes)__builtin_shufflevector(
            x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        words[1] = (ulanes)__builtin_shufflevector(
            x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        break;
    }
    case DRAW_MASK:
        for (int i = 0; i < 2; i++) {
            ilanes kept = (ilanes)(words[i] >> 8) >= s->threshold;
            words[i] = (ulanes)(kept & (ilanes)all_lanes(s->b));
        }
        break;
    }
    store_any(out, words[0]);
    store_any(out + 16, words[1]);
}

enum { STEP = 64 };

static inline APUS_INLINE void draw_step(
    draw kind, uint32_t *out, uint64_t block, const fill_setting *s) {
    ulanes words[4];
    eight_blocks(&words[0], &words[1], block, s);
    eight_blocks(&words[2], &words[3], block + 8, s);
    draw_32(kind, out, words[0], words[1], s);
    draw_32(kind, out + 32, words[2], words[3], s);
}

static inline APUS_INLINE void fill(
    draw kind, uint32_t *out, uint64_t key, uint64_t position, size_t count, fill_setting s) {
    for (uint32_t round = 0; round < PHILOX_ROUNDS; round++) {
        s.key_0[round] = (uint32_t)key + round * PHILOX_KEY_STEP_0;
        s.key_1[round] = (uint32_t)(key >> 32) + round * PHILOX_KEY_STEP_1;
    }
    while (count > 0) {
        size_t skip = position % 4, done = STEP;
        if (skip == 0 && count >= STEP) {
            draw_step(kind, out, position / 4, &s);
        } else {
            uint32_t step[STEP];
            draw_step(kind, step, position / 4, &s);
            done = STEP - skip < count ? STEP - skip : count;
            memcpy(out, step + skip, done * sizeof *out);
        }
        out += done;
        position += done;
        count -= done;
    }
}

static void APUS_NAME(random_words)(
    uint32_t *out, uint64_t key, uint64_t position, size_t count) {
    fill(DRAW_WORDS, out, key, position, count, (fill_setting){.a = 0});
}

static void APUS_NAME(random_uniform)(
    float *out, uint64_t key, uint64_t position, size_t count, float lower, float upper) {
    // The next float below: one less in its bits, one more when it is negative; below 0 the smallest there is.
    int32_t bits;
    memcpy(&bits, &upper, sizeof bits);
    bits = upper > 0 ? bits - 1 : upper < 0 ? bits + 1 : (int32_t)0x80000001;
    fill_setting s = {.a = lower, .b = upper - lower};
    memcpy(&s.largest, &bits, sizeof bits);
    fill(DRAW_UNIFORM, (uint32_t *)out, key, position, count, s);
}

static void APUS_NAME(random_normal)(
    float *out, uint64_t key, uint64_t position, size_t count, float mean, float deviation) {
    fill(
        DRAW_NORMAL, (uint32_t *)out, key, position, count,
        (fill_setting){.a = mean, .b = deviation});
}

static void APUS_NAME(random_mask)(
    float *out, uint64_t key, uint64_t position, size_t count, float zero_probability,
    float value) {
    // The smallest multiple of 2^-24 that is not below the probability.
    double limit = (double)zero_probability * 0x1p24;
    int32_t threshold = limit <= 0 ? 0 : limit >= 0x1p24 ? 1 << 24 : (int32_t)limit;
    threshold += limit > threshold && threshold < 1 << 24;
    fill(
        DRAW_MASK, (uint32_t *)out, key, position, count,
        (fill_setting){.b = value, .threshold = threshold});
}

typedef uint16_t hlanes __attribute__((vector_size(32)));

// summand + x · m of 16 elements, whose 16 bits each decide; without a summand x · m.
static inline APUS_INLINE void drop_lanes(
    float *out, const float *x, const float *summand, const uint32_t *words, int32_t threshold,
    float value) {
    hlanes bits;
    lanes result, added;
    memcpy(&bits, words, sizeof bits);
    memcpy(&result, x, sizeof result);
    ilanes kept = __builtin_convertvector(bits, ilanes) >= threshold;
    result *= (lanes)(kept & (ilanes)all_lanes(value));
    if (summand) {
        memcpy(&added, summand, sizeof added);
        result = added + result;
    }
    memcpy(out, &result, sizeof result);
}

static void APUS_NAME(random_dropout)(
    float *out, const float *x, const float *summand, uint64_t key, uint64_t position, size_t count,
    uint32_t threshold, float value) {
    uint32_t words[512];
    for (size_t start = 0; start < count; start += 1024) {
        const size_t length = count - start < 1024 ? count - start : 1024;
        APUS_NAME(random_words)(words, key, (position + start) / 2, (length + 1) / 2);
        size_t i = 0;
        for (; i + 16 <= length; i += 16) {
            drop_lanes(
                out + start + i, x + start + i, summand ? summand + start + i : NULL, words + i / 2,
                (int32_t)threshold, value);
        }
        for (; i < length; i++) {
            const uint32_t half = words[i / 2] >> (i % 2 * 16) & 0xFFFF;
            const float kept = x[start + i] * (half >= threshold ? value : 0.0f);
            out[start + i] = summand ? summand[start + i] + kept : kept;
        }
    }
}

const apus_random_kernels APUS_NAME(apus_random) = {
    .words = APUS_NAME(random_words),
    .uniform = APUS_NAME(random_uniform),
    .normal = APUS_NAME(random_normal),
    .mask = APUS_NAME(random_mask),
    .dropout = APUS_NAME(random_dropout),
};
