// Elementary functions of one float, with the same bits as the lanes of the pointwise kernels.
//
// All of them cover every float: infinities, NaN, denormals (kept, never flushed) and signed zeros.
// The bounds are in units in the last place of the exact result, measured over all 2³² floats.
#ifndef APUS_MATH_H
#define APUS_MATH_H

#if defined(__cplusplus)
extern "C" {
#endif

float apus_exp_f32(float x);       // 1.02 ulp
float apus_expm1_f32(float x);     // exp(x) − 1: 1.25 ulp
float apus_log_f32(float x);       // 0.83 ulp; −∞ at ±0, NaN below
float apus_log1p_f32(float x);     // log(1 + x): 1.58 ulp
float apus_tanh_f32(float x);      // 1.47 ulp
float apus_sigmoid_f32(float x);   // 1 / (1 + exp(−x)): 1.48 ulp
float apus_softplus_f32(float x);  // log(1 + exp(x)): 1.87 ulp
float apus_erf_f32(float x);       // 1.16 ulp
float apus_sin_f32(float x);       // 1.54 ulp (sampled beyond 8192); NaN of an infinity
float apus_cos_f32(float x);       // as sin
/// x · Φ(x) with the normal distribution's Φ: relative error below 5·10⁻⁷ from −2 on, 3·10⁻⁶ from −9
/// on; below −13.1 it is −0.
float apus_gelu_f32(float x);
/// The derivative of that, Φ(x) + x · φ(x): absolute error below 10⁻⁶.
float apus_gelu_slope_f32(float x);
/// base to the exponent as IEEE 754's pow: 0.51 ulp (sampled); x⁰ = 1^y = 1 even for NaN, and a
/// negative base takes integers only.
float apus_power_f32(float base, float exponent);

#if defined(__cplusplus)
}
#endif
#endif
