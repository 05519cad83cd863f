#if defined(__x86_64__)
#define APUS_TARGET avx2
#include "../isa_begin.h"
#include "math_scalar.inc.h"
#include "../isa_end.h"
#endif
