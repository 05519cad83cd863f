// Chooses per call: plain x86-64 has no fused multiply-add, so each would be a call into the C
// library.
#include "apus_math.h"
#include "apus_isa.h"

#if defined(__x86_64__)
#define APUS_CHOICE(name, parameters, arguments) \
    float apus_##name##_f32_portable parameters; \
    float apus_##name##_f32_avx2 parameters; \
    float apus_##name##_f32 parameters { \
        return apus_isa_supported(APUS_ISA_AVX2) ? apus_##name##_f32_avx2 arguments \
                                                 : apus_##name##_f32_portable arguments; \
    }
#else
#define APUS_CHOICE(name, parameters, arguments) \
    float apus_##name##_f32_portable parameters; \
    float apus_##name##_f32 parameters { return apus_##name##_f32_portable arguments; }
#endif

APUS_CHOICE(exp, (float x), (x))
APUS_CHOICE(expm1, (float x), (x))
APUS_CHOICE(log, (float x), (x))
APUS_CHOICE(log1p, (float x), (x))
APUS_CHOICE(tanh, (float x), (x))
APUS_CHOICE(sigmoid, (float x), (x))
APUS_CHOICE(softplus, (float x), (x))
APUS_CHOICE(erf, (float x), (x))
APUS_CHOICE(sin, (float x), (x))
APUS_CHOICE(cos, (float x), (x))
APUS_CHOICE(gelu, (float x), (x))
APUS_CHOICE(gelu_slope, (float x), (x))
APUS_CHOICE(power, (float base, float exponent), (base, exponent))
