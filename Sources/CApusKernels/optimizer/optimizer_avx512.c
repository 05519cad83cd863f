#if defined(__x86_64__)
#include "apus_optimizer.h"
#define APUS_TARGET avx512
#include "../isa_begin.h"
#include "optimizer.inc.h"
#include "../isa_end.h"
#endif
