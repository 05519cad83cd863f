// The functions of apus_math.h for one instruction set.
#include "math.inc.h"

#define APUS_FUNCTION(name) \
    float APUS_NAME(apus_##name##_f32)(float x); \
    float APUS_NAME(apus_##name##_f32)(float x) { return name##_single(all_single(x))[0]; }
APUS_FUNCTION(exp)
APUS_FUNCTION(expm1)
APUS_FUNCTION(log)
APUS_FUNCTION(log1p)
APUS_FUNCTION(tanh)
APUS_FUNCTION(sigmoid)
APUS_FUNCTION(softplus)
APUS_FUNCTION(erf)
APUS_FUNCTION(sin)
APUS_FUNCTION(cos)
APUS_FUNCTION(gelu)
APUS_FUNCTION(gelu_slope)
#undef APUS_FUNCTION

float APUS_NAME(apus_power_f32)(float base, float exponent);
float APUS_NAME(apus_power_f32)(float base, float exponent) {
    return power_single(all_single(base), all_single(exponent))[0];
}
