// Closes what isa_begin.h opened.
#if APUS_TARGET_CODE == APUS_TARGET_IS_avx2 || APUS_TARGET_CODE == APUS_TARGET_IS_avx512
#pragma clang attribute pop
#endif
#pragma clang diagnostic pop
#undef APUS_FMA_IS_EMULATED
#undef APUS_TARGET
