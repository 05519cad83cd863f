#if defined(__aarch64__)
#include "apus_random.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "random.inc.h"
#include "../isa_end.h"
#endif
