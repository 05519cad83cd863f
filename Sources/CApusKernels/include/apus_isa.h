// Which instruction sets there are, and which of them this processor can run.
#ifndef APUS_ISA_H
#define APUS_ISA_H

#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

typedef enum {
    APUS_ISA_PORTABLE = 0,  // what every processor of the architecture has
    APUS_ISA_AVX2 = 1,      // x86-64 with AVX2 and FMA
    APUS_ISA_AVX512 = 2,    // x86-64 with AVX-512 F, BW, DQ, VL
    APUS_ISA_NEON = 3,      // arm64
} apus_isa;

/// Whether this processor and operating system can run `isa`.
int apus_isa_supported(apus_isa isa);

/// The fastest instruction set that this processor can run.
apus_isa apus_isa_best(void);

#if defined(__cplusplus)
}
#endif
#endif
