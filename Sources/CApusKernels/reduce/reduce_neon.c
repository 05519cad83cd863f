#if defined(__aarch64__)
#include "apus_reduce.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "reduce.inc.h"
#include "../isa_end.h"
#endif
