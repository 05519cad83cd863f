// The elementary functions, written once for any width: math.inc.h includes this text for the 16
// lanes and for one number, so both give the same bits. FLOATS, INTS, BITS, DOUBLES, LONGS and
// LONG_BITS are the vector types, MATH(exp) is exp_lanes or exp_single.
//
// Each function covers every float: infinities, NaN, denormals, signed zeros. The polynomials are
// our own minimax fits (Remez exchange on the relative error of the whole function, coefficients
// rounded to float one after the other, the rest fitted again); beside each stands its error.

static inline APUS_INLINE FLOATS MATH(select)(INTS mask, FLOATS yes, FLOATS no) {
    return (FLOATS)((mask & (INTS)yes) | (~mask & (INTS)no));
}
static inline APUS_INLINE FLOATS MATH(absolute)(FLOATS x) {
    return (FLOATS)((INTS)x & 0x7fffffff);
}
/// The size of `x` (≥ 0) with the sign of `sign`.
static inline APUS_INLINE FLOATS MATH(with_sign)(FLOATS x, FLOATS sign) {
    return (FLOATS)((INTS)x | ((INTS)sign & (INTS)MATH(all)(-0.0f)));
}
/// 2ⁿ for −126 ≤ n ≤ 127.
static inline APUS_INLINE FLOATS MATH(power_of_two)(INTS n) {
    return (FLOATS)((BITS)(n + 127) << 23);
}
/// a if a is NaN or a > b, else b: NaN in either wins.
static inline APUS_INLINE FLOATS MATH(maximum)(FLOATS a, FLOATS b) {
    return MATH(select)((a > b) | (a != a), a, b);
}
/// a if a is NaN or a < b, else b: NaN in either wins.
static inline APUS_INLINE FLOATS MATH(minimum)(FLOATS a, FLOATS b) {
    return MATH(select)((a < b) | (a != a), a, b);
}

// x = n·ln 2 + r with |r| ≤ ln 2 / 2. Adding 1.5·2²³ rounds to the nearest integer, which then
// stands in the low bits.
static inline APUS_INLINE FLOATS MATH(exp_reduced)(FLOATS x, INTS *n) {
    const FLOATS round = MATH(all)(0x1.8p23f);
    FLOATS shifted = MATH(fma)(x, MATH(all)(0x1.715476p+0f), round);
    FLOATS whole = shifted - round;
    *n = (INTS)((BITS)shifted - (BITS)round);
    FLOATS r = MATH(fma)(whole, MATH(all)(-0x1.62e430p-1f), x);
    return MATH(fma)(whole, MATH(all)(0x1.05c610p-29f), r);
}

// eʳ for the reduced r; relative error of the polynomial 2^-28.2.
static inline APUS_INLINE FLOATS MATH(exp_polynomial)(FLOATS r) {
    FLOATS p = MATH(all)(0x1.6a48d0p-10f);
    p = MATH(fma)(p, r, MATH(all)(0x1.12399ap-7f));
    p = MATH(fma)(p, r, MATH(all)(0x1.5558b4p-5f));
    p = MATH(fma)(p, r, MATH(all)(0x1.555492p-3f));
    p = MATH(fma)(p, r, MATH(all)(0x1.fffffcp-2f));
    return MATH(fma)(p, r * r, r) + 1.0f;
}

static inline APUS_INLINE FLOATS MATH(exp)(FLOATS x) {
    // Below −104 the result is 0, above 89 infinite; a NaN passes both comparisons.
    x = MATH(select)(x < -104.0f, MATH(all)(-104.0f), x);
    x = MATH(select)(x > 89.0f, MATH(all)(89.0f), x);
    INTS n;
    FLOATS r = MATH(exp_reduced)(x, &n);
    // 2ⁿ in two factors: neither overflows, and a denormal result is rounded once.
    INTS half = n >> 1;
    return MATH(exp_polynomial)(r) * MATH(power_of_two)(half) * MATH(power_of_two)(n - half);
}

// e^x for −87 ≤ x ≤ 88 and NaN: one factor is enough.
static inline APUS_INLINE FLOATS MATH(exp_bounded)(FLOATS x) {
    INTS n;
    FLOATS r = MATH(exp_reduced)(x, &n);
    return MATH(exp_polynomial)(r) * MATH(power_of_two)(n);
}

static inline APUS_INLINE FLOATS MATH(expm1)(FLOATS x) {
    // Below −18 the result is −1.
    FLOATS bounded = MATH(select)(x < -18.0f, MATH(all)(-18.0f), x);
    bounded = MATH(select)(bounded > 89.0f, MATH(all)(89.0f), bounded);
    INTS n;
    FLOATS r = MATH(exp_reduced)(bounded, &n);
    FLOATS p = MATH(all)(0x1.3b90c8p-13f);  // eʳ − 1, relative error 2^-28.2
    p = MATH(fma)(p, r, MATH(all)(0x1.6d2e4ap-10f));
    p = MATH(fma)(p, r, MATH(all)(0x1.1155a6p-7f));
    p = MATH(fma)(p, r, MATH(all)(0x1.555502p-5f));
    p = MATH(fma)(p, r, MATH(all)(0x1.55552cp-3f));
    p = MATH(fma)(p, r, MATH(all)(0.5f));
    // 2ⁿ(eʳ − 1) + (2ⁿ − 1), at half size so that 2¹²⁸ is not needed; r goes in before its square.
    FLOATS scale = MATH(power_of_two)(n - 1);
    FLOATS large = MATH(fma)(scale, r, scale - 0.5f);
    FLOATS result = MATH(fma)(scale * (r * r), p, large) * 2.0f;
    // Where n = 0 the formula above would lose the small bits of x to the rounding of 1.
    FLOATS small = MATH(fma)(p, r * r, r);
    return MATH(select)(n == 0, MATH(select)(x == 0.0f, x, small), result);
}

// log(2ᵉ·(1 + f)) for −1/3 ≤ f ≤ 1/3; relative error of the polynomial 2^-27.7.
static inline APUS_INLINE FLOATS MATH(log_reduced)(FLOATS f, FLOATS e) {
    FLOATS p = MATH(all)(-0x1.07c872p-3f);
    p = MATH(fma)(p, f, MATH(all)(0x1.1e678cp-3f));
    p = MATH(fma)(p, f, MATH(all)(-0x1.f33300p-4f));
    p = MATH(fma)(p, f, MATH(all)(0x1.1ed662p-3f));
    p = MATH(fma)(p, f, MATH(all)(-0x1.559c44p-3f));
    p = MATH(fma)(p, f, MATH(all)(0x1.99d044p-3f));
    p = MATH(fma)(p, f, MATH(all)(-0x1.fffefcp-3f));
    p = MATH(fma)(p, f, MATH(all)(0x1.555506p-2f));
    FLOATS square = f * f;
    FLOATS low = MATH(fma)(e, MATH(all)(-0x1.05c610p-29f), square * (f * p));
    low = MATH(fma)(square, MATH(all)(-0.5f), low);
    return MATH(fma)(e, MATH(all)(0x1.62e430p-1f), f + low);
}

// x = 2ᵉ·m with 2/3 ≤ m < 4/3, for normal positive x.
static inline APUS_INLINE FLOATS MATH(log_split)(FLOATS x, INTS *e) {
    INTS exponent = (INTS)((BITS)x - 0x3f2aaaab) >> 23;
    *e = exponent;
    return (FLOATS)((BITS)x - ((BITS)exponent << 23));
}

// The values outside 0 < x < ∞: −∞ at 0, NaN below, ∞ and NaN themselves.
static inline APUS_INLINE FLOATS MATH(log_edges)(FLOATS x, FLOATS result) {
    result = MATH(select)(x < __builtin_inff(), result, x);
    FLOATS outside =
        MATH(select)(x == 0.0f, MATH(all)(-__builtin_inff()), MATH(all)(__builtin_nanf("")));
    return MATH(select)(x <= 0.0f, outside, result);
}

static inline APUS_INLINE FLOATS MATH(log)(FLOATS x) {
    INTS denormal = x < 0x1p-126f;
    FLOATS normal = MATH(select)(denormal, x * 0x1p24f, x);
    INTS e;
    FLOATS m = MATH(log_split)(normal, &e);
    e -= denormal & 24;
    return MATH(log_edges)(x, MATH(log_reduced)(m - 1.0f, __builtin_convertvector(e, FLOATS)));
}

static inline APUS_INLINE FLOATS MATH(log1p)(FLOATS x) {
    FLOATS sum = x + 1.0f;
    INTS e;
    FLOATS m = MATH(log_split)(sum, &e);
    // (1 + x)·2⁻ᵉ − 1 without the rounding of 1 + x. Beyond 2⁶⁰ the 1 is lost anyway, and 2⁻ᵉ would
    // come to its end.
    INTS huge = x > 0x1p60f;
    FLOATS scale = MATH(power_of_two)(~huge & -e);
    FLOATS f = MATH(select)(huge, m - 1.0f, MATH(fma)(x, scale, scale - 1.0f));
    FLOATS result = MATH(log_reduced)(f, __builtin_convertvector(e, FLOATS));
    return MATH(select)(x == 0.0f, x, MATH(log_edges)(sum, result));
}

static inline APUS_INLINE FLOATS MATH(tanh)(FLOATS x) {
    FLOATS size = MATH(absolute)(x);
    FLOATS square = x * x;
    // tanh x = x + x³·p(x²) below 0.55, relative error 2^-29.7.
    FLOATS p = MATH(all)(-0x1.9921a0p-8f);
    p = MATH(fma)(p, square, MATH(all)(0x1.58e518p-6f));
    p = MATH(fma)(p, square, MATH(all)(-0x1.b91e7ep-5f));
    p = MATH(fma)(p, square, MATH(all)(0x1.110ceep-3f));
    p = MATH(fma)(p, square, MATH(all)(-0x1.55554ap-2f));
    FLOATS small = MATH(fma)(p, size * square, size);
    // Beyond 10 the result is 1.
    FLOATS bounded = MATH(select)(size > 10.0f, MATH(all)(10.0f), size);
    FLOATS large = 1.0f - 2.0f / (MATH(exp_bounded)(bounded + bounded) + 1.0f);
    return MATH(with_sign)(MATH(select)(size < 0.55f, small, large), x);
}

// e/(1 + e) where x < 0, else 1/(1 + e), given e = exp(−|x|) ≤ 1: nothing overflows on either side.
static inline APUS_INLINE FLOATS MATH(sigmoid_given)(FLOATS x, FLOATS e) {
    INTS negative = x < 0.0f;
    FLOATS sum = e + 1.0f;
    FLOATS dividend = MATH(select)(negative, e, MATH(all)(1.0f));
    FLOATS quotient = dividend / sum;
    // What the sum and the division rounded away, put back to first order.
    FLOATS lost = e - (sum - 1.0f);
    FLOATS rest = MATH(fma)(-quotient, lost, MATH(fma)(-quotient, sum, dividend));
    FLOATS inverse = MATH(select)(negative, 1.0f - quotient, quotient);  // 1/(1 + e) either way
    return MATH(fma)(rest, inverse, quotient);
}
static inline APUS_INLINE FLOATS MATH(sigmoid)(FLOATS x) {
    return MATH(sigmoid_given)(x, MATH(exp)(-MATH(absolute)(x)));
}

static inline APUS_INLINE FLOATS MATH(softplus)(FLOATS x) {
    FLOATS positive = MATH(select)(x < 0.0f, MATH(all)(0.0f), x);
    return positive + MATH(log1p)(MATH(exp)(-MATH(absolute)(x)));
}

static inline APUS_INLINE FLOATS MATH(erf)(FLOATS x) {
    FLOATS size = MATH(absolute)(x);
    FLOATS square = x * x;
    // erf x = x + x·p(x²) below 0.85, relative error 2^-27.1.
    FLOATS p = MATH(all)(-0x1.4cd860p-11f);
    p = MATH(fma)(p, square, MATH(all)(0x1.4b7630p-8f));
    p = MATH(fma)(p, square, MATH(all)(-0x1.b735eap-6f));
    p = MATH(fma)(p, square, MATH(all)(0x1.ce256ap-4f));
    p = MATH(fma)(p, square, MATH(all)(-0x1.812726p-2f));
    p = MATH(fma)(p, square, MATH(all)(0x1.06eba8p-3f));
    FLOATS small = MATH(fma)(p, size, size);
    // erf x = 1 − e^−q(x) up to 3.95, relative error 2^-28.8; from there on it is 1.
    FLOATS t = MATH(select)(size > 3.95f, MATH(all)(3.95f), size);
    FLOATS q = MATH(all)(-0x1.ac0feep-13f);
    q = MATH(fma)(q, t, MATH(all)(0x1.993536p-9f));
    q = MATH(fma)(q, t, MATH(all)(-0x1.7136a4p-6f));
    q = MATH(fma)(q, t, MATH(all)(0x1.ac44b8p-4f));
    q = MATH(fma)(q, t, MATH(all)(0x1.45e142p-1f));
    q = MATH(fma)(q, t, MATH(all)(0x1.20c9e6p+0f));
    q = MATH(fma)(q, t, MATH(all)(0x1.a3519ap-14f));
    FLOATS large = 1.0f - MATH(exp_bounded)(-q);
    return MATH(with_sign)(MATH(select)(size < 0.85f, small, large), x);
}

// Φ(x) and the normal density φ(x). With a = |x| and t = 1/(1 + 0.34·a), Φ(−a) = e^(−a²/2)·t·p(t) up to a = 13.1,
// relative error 2^-24.9; beyond it is 0. One exponential serves both.
static inline APUS_INLINE FLOATS MATH(normal)(FLOATS x, FLOATS bounded, FLOATS *density) {
    INTS far = MATH(absolute)(x) > 13.1f;
    FLOATS t = 1.0f / MATH(fma)(bounded, MATH(all)(0x1.5c28f6p-2f), MATH(all)(1.0f));
    FLOATS p = MATH(all)(-0x1.abfa38p-6f);
    p = MATH(fma)(p, t, MATH(all)(0x1.1db4f4p-3f));
    p = MATH(fma)(p, t, MATH(all)(-0x1.17b33ap-2f));
    p = MATH(fma)(p, t, MATH(all)(0x1.9e18eep-3f));
    p = MATH(fma)(p, t, MATH(all)(-0x1.6e681cp-5f));
    p = MATH(fma)(p, t, MATH(all)(0x1.d886acp-4f));
    p = MATH(fma)(p, t, MATH(all)(0x1.d7d892p-4f));
    p = MATH(fma)(p, t, MATH(all)(0x1.16c20ep-3f));
    p = MATH(fma)(p, t, MATH(all)(0x1.15c034p-3f));
    FLOATS bell = MATH(exp_bounded)(bounded * bounded * -0.5f);
    bell = MATH(select)(far, MATH(all)(0.0f), bell);
    *density = bell * 0x1.988454p-2f;  // 1/√(2π)
    FLOATS tail = bell * (p * t);
    return MATH(select)(x < 0.0f, tail, 1.0f - tail);
}
static inline APUS_INLINE FLOATS MATH(normal_bounded)(FLOATS x) {
    FLOATS size = MATH(absolute)(x);
    return MATH(select)(size > 13.1f, MATH(all)(13.1f), size);
}
static inline APUS_INLINE FLOATS MATH(gelu)(FLOATS x) {
    FLOATS density;
    return x * MATH(normal)(x, MATH(normal_bounded)(x), &density);
}
static inline APUS_INLINE FLOATS MATH(gelu_slope)(FLOATS x) {
    FLOATS density, bounded = MATH(normal_bounded)(x);
    FLOATS share = MATH(normal)(x, bounded, &density);
    return MATH(fma)(MATH(with_sign)(bounded, x), density, share);
}
