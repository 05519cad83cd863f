// The reduction of large angles (Payne and Hanek 1983), in integers.

// Up to here three parts of π/2 are enough.
#define APUS_FAR_ANGLE 8192.0f

// x = n·π/2 + r with |r| ≤ π/4, for |x| > 8192: r to 40 bits and more, n modulo 4. NaN for ±∞ and NaN.
//
// With |x| = m·2ᵉ, m an integer, x/2π = m·(2^(e−2)·2/π). Whole turns do not count, so of 2^(e−2)·2/π only the
// fraction does, and 96 bits of it leave 2^-72 of a turn in doubt; no float is nearer than 2^-32 to a multiple of π/2.
static double apus_reduce_angle(float x, int32_t *n) {
    // 2/π behind 32 zeros.
    static const uint32_t words[8] = {
        0, 0xa2f9836e, 0x4e441529, 0xfc2757d1,
        0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab,
    };
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    *n = 0;
    const uint32_t biased = bits >> 23 & 255;
    if (biased == 255) return __builtin_nan("");
    const uint64_t m = (bits & 0x7fffff) | 0x800000;
    const uint32_t offset = biased - 150 - 2 + 32;
    const uint32_t *w = words + offset / 32;
    const uint32_t shift = offset % 32;
    uint64_t high = (uint64_t)w[0] << 32 | w[1], low = (uint64_t)w[2] << 32 | w[3];
    if (shift > 0) {
        high = high << shift | low >> (64 - shift);
        low <<= shift;
    }
    // (m·fraction) modulo 1, of the 96 bits the upper 64: what the lower 32 carry is added.
    const uint64_t turn = m * high + (m * (low >> 32) >> 32);
    const uint64_t quarters = (turn + ((uint64_t)1 << 61)) >> 62;
    const double rest = (double)(int64_t)(turn - (quarters << 62)) * 0x1.921fb54442d18p-62;
    const int negative = bits >> 31;
    *n = negative ? -(int32_t)quarters : (int32_t)quarters;
    return negative ? -rest : rest;
}

// sin(x + quarters·π/2) for |x| > 8192, in doubles (Taylor's series to r¹⁵ and r¹⁴), rounded once to float.
static float apus_far_sine(float x, int32_t quarters) {
    int32_t n;
    const double r = apus_reduce_angle(x, &n);
    n += quarters;
    const double z = r * r;
    double y;
    if (n & 1) {
        y = -0x1.93974a8c07c9dp-37;
        y = y * z + 0x1.1eed8eff8d898p-29;
        y = y * z - 0x1.27e4fb7789f5cp-22;
        y = y * z + 0x1.a01a01a01a01ap-16;
        y = y * z - 0x1.6c16c16c16c17p-10;
        y = y * z + 0x1.5555555555555p-5;
        y = y * z - 0.5;
        y = y * z + 1.0;
    } else {
        y = -0x1.ae7f3e733b81fp-41;
        y = y * z + 0x1.6124613a86d09p-33;
        y = y * z - 0x1.ae64567f544e4p-26;
        y = y * z + 0x1.71de3a556c734p-19;
        y = y * z - 0x1.a01a01a01a01ap-13;
        y = y * z + 0x1.1111111111111p-7;
        y = y * z - 0x1.5555555555555p-3;
        y = y * z * r + r;
    }
    return (float)(n & 2 ? -y : y);
}
