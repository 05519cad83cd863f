// The reduction of large angles (Payne and Hanek 1983), in integers.

// Up to here three parts of π/2 are enough.
#define APUS_FAR_ANGLE 8192.0f

// x = n·π/2 + r with |r| ≤ π/4, for |x| > 8192: r to full precision, n modulo 4. NaN for ±∞ and NaN.
//
// With |x| = m·2ᵉ, m an integer, x/2π = m·(2^(e−2)·2/π). Whole turns do not count, so of 2^(e−2)·2/π only the
// fraction does, and 96 bits of it leave 2^-72 of a turn in doubt; no float is nearer than 2^-32 to a multiple of π/2.
static float apus_reduce_angle(float x, int32_t *n) {
    // 2/π behind 32 zeros.
    static const uint32_t words[8] = {
        0, 0xa2f9836e, 0x4e441529, 0xfc2757d1,
        0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab,
    };
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    *n = 0;
    const uint32_t biased = bits >> 23 & 255;
    if (biased == 255) return __builtin_nanf("");
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
    return (float)(negative ? -rest : rest);
}
