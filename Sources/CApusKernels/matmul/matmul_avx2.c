#if defined(__x86_64__)
#include <immintrin.h>

#include "apus_matmul.h"

#define APUS_TARGET avx2
#include "../isa_begin.h"
#include "matmul.inc.h"
#include "../isa_end.h"
#endif
