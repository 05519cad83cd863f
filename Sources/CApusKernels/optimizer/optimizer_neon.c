#if defined(__aarch64__)
#include "apus_optimizer.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "optimizer.inc.h"
#include "../isa_end.h"
#endif
