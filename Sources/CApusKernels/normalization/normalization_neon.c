#if defined(__aarch64__)
#include "apus_normalization.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "normalization.inc.h"
#include "../isa_end.h"
#endif
