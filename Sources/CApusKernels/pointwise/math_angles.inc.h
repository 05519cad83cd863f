// Sine, cosine and power for any width (see math_formulas.inc.h).

// sin(x + quarters·π/2).
static inline APUS_INLINE FLOATS MATH(sin_shifted)(FLOATS x, int32_t quarters) {
    // x = n·π/2 + r with |r| ≤ π/4, π/2 in three parts of 24 bits.
    const FLOATS round = MATH(all)(0x1.8p23f);
    FLOATS shifted = MATH(fma)(x, MATH(all)(0x1.45f306p-1f), round);
    FLOATS whole = shifted - round;
    INTS n = (INTS)((BITS)shifted - (BITS)round);
    FLOATS r = MATH(fma)(whole, MATH(all)(-0x1.921fb6p+0f), x);
    r = MATH(fma)(whole, MATH(all)(0x1.777a5cp-25f), r);
    r = MATH(fma)(whole, MATH(all)(0x1.ee59dap-50f), r);
    n += quarters;
    FLOATS square = r * r;

    FLOATS s = MATH(all)(-0x1.9951eap-13f);  // sin r, relative error 2^-27.9
    s = MATH(fma)(s, square, MATH(all)(0x1.110774p-7f));
    s = MATH(fma)(s, square, MATH(all)(-0x1.555546p-3f));
    FLOATS sine = MATH(fma)(s, r * square, r);

    FLOATS c = MATH(all)(0x1.99e80cp-16f);  // cos r, relative error 2^-33
    c = MATH(fma)(c, square, MATH(all)(-0x1.6c0c28p-10f));
    c = MATH(fma)(c, square, MATH(all)(0x1.55554ap-5f));
    c = MATH(fma)(c, square, MATH(all)(-0.5f));
    FLOATS cosine = MATH(fma)(c, square, MATH(all)(1.0f));

    FLOATS result = MATH(select)((n & 1) == 0, sine, cosine);
    result = (FLOATS)((BITS)result ^ ((BITS)(n & 2) << 30));
    // Further out these parts have too few bits. That is rare, so lane by lane will do.
    INTS far = MATH(absolute)(x) > APUS_FAR_ANGLE;
    if (__builtin_reduce_or(far)) {
        for (size_t lane = 0; lane < sizeof(FLOATS) / sizeof(float); lane += 1) {
            if (far[lane]) result[lane] = apus_far_sine(x[lane], quarters);
        }
    }
    return result;
}
static inline APUS_INLINE FLOATS MATH(sin)(FLOATS x) {
    return MATH(select)(x == 0.0f, x, MATH(sin_shifted)(x, 0));
}
static inline APUS_INLINE FLOATS MATH(cos)(FLOATS x) { return MATH(sin_shifted)(x, 1); }

// log₂ of the positive normal numbers in `x`, in doubles; relative error 2^-44.
static inline APUS_INLINE DOUBLES MATH(log2_wide)(FLOATS x) {
    INTS denormal = x < 0x1p-126f;
    INTS e;
    FLOATS m = MATH(log_split)(MATH(select)(denormal, x * 0x1p24f, x), &e);
    e -= denormal & 24;
    DOUBLES wide = __builtin_convertvector(m, DOUBLES);
    DOUBLES s = (wide - 1.0) / (wide + 1.0);
    DOUBLES z = s * s;
    DOUBLES p = MATH(all_wide)(0x1.2157429a663d3p-2);
    p = MATH(fma_wide)(p, z, MATH(all_wide)(0x1.479ca4995e2abp-2));
    p = MATH(fma_wide)(p, z, MATH(all_wide)(0x1.a619f781eea2ap-2));
    p = MATH(fma_wide)(p, z, MATH(all_wide)(0x1.2776c2ee468e2p-1));
    p = MATH(fma_wide)(p, z, MATH(all_wide)(0x1.ec709dc4c37abp-1));
    p = MATH(fma_wide)(p, z, MATH(all_wide)(0x1.71547652b82fep+1));
    return MATH(fma_wide)(p, s, __builtin_convertvector(e, DOUBLES));
}

// 2^x rounded once to float, for −200 ≤ x ≤ 200 and NaN; relative error of the polynomial 2^-39.7.
static inline APUS_INLINE FLOATS MATH(exp2_wide)(DOUBLES x) {
    const DOUBLES round = MATH(all_wide)(0x1.8p52);
    DOUBLES shifted = x + round;
    DOUBLES f = x - (shifted - round);
    LONG_BITS n = (LONG_BITS)shifted - (LONG_BITS)round;
    DOUBLES p = MATH(all_wide)(0x1.6168e98b4b499p-20);
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.00c56ea567f05p-16));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.430aea2446f75p-13));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.5d8770d11f97bp-10));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.3b2ab5dbff5c5p-7));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.c6b08da6351a6p-5));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.ebfbdff8e10cdp-3));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(0x1.62e42fefa39efp-1));
    p = MATH(fma_wide)(p, f, MATH(all_wide)(1.0));
    DOUBLES scale = (DOUBLES)((n + 1023) << 52);
    return __builtin_convertvector(p * scale, FLOATS);
}

// base^exponent as IEEE 754's pow: x⁰ = 1^y = 1 even for NaN, a negative base takes integers only.
static inline APUS_INLINE FLOATS MATH(power)(FLOATS base, FLOATS exponent) {
    const FLOATS zero = MATH(all)(0.0f), one = MATH(all)(1.0f);
    const FLOATS infinity = MATH(all)(__builtin_inff());
    FLOATS size = MATH(absolute)(base);
    FLOATS reach = MATH(absolute)(exponent);
    DOUBLES y = MATH(log2_wide)(size) * __builtin_convertvector(exponent, DOUBLES);
    LONGS above = y > 200.0, below = y < -200.0;
    y = (DOUBLES)((~above & (LONGS)y) | (above & (LONGS)MATH(all_wide)(200.0)));
    y = (DOUBLES)((~below & (LONGS)y) | (below & (LONGS)MATH(all_wide)(-200.0)));
    FLOATS result = MATH(exp2_wide)(y);

    // |base| 0 or ∞ and |exponent| ∞: the answer is 0 or ∞ by the side of 1 and the exponent's
    // sign.
    INTS edge = (size == 0.0f) | (size == infinity) | (reach == infinity);
    INTS grows = (size > 1.0f) == (exponent > 0.0f);
    result = MATH(select)(edge, MATH(select)(grows, infinity, zero), result);
    result = MATH(select)(size == 1.0f, one, result);

    // Below 2²⁴ an odd integer has a half that is none; from there on all floats are even.
    INTS integer = (__builtin_elementwise_floor(exponent) == exponent);
    FLOATS half = exponent * 0.5f;
    INTS odd = integer & (__builtin_elementwise_floor(half) != half);
    INTS negative = (INTS)base < 0;
    result = MATH(select)(negative & odd, -result, result);
    INTS undefined = (base < 0.0f) & ~integer & (size != infinity);
    undefined |= (base != base) | (exponent != exponent);
    result = MATH(select)(undefined, MATH(all)(__builtin_nanf("")), result);
    return MATH(select)((base == 1.0f) | (exponent == 0.0f), one, result);
}
