// Elementary functions of one float, with the same bits as the lanes of the pointwise kernels.
//
// All of them cover every float: infinities, NaN, denormals (kept, never flushed) and signed zeros.
// The bounds are in units in the last place of the exact result, measured over all 2³² floats.
#ifndef APUS_MATH_H
#define APUS_MATH_H

#if defined(__cplusplus)
extern "C" {
#endif

float apus_exp_f32(float x);
float apus_expm1_f32(float x);
float apus_log_f32(float x);
float apus_log1p_f32(float x);
float apus_tanh_f32(float x);
float apus_sigmoid_f32(float x);
float apus_softplus_f32(float x);
float apus_erf_f32(float x);
float apus_sin_f32(float x);
float apus_cos_f32(float x);
float apus_power_f32(float base, float exponent);

#if defined(__cplusplus)
}
#endif
#endif
