#if defined(__aarch64__)
#include "apus_pooling.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "pooling.inc.h"
#include "../isa_end.h"
#endif
