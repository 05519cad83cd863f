#if defined(__aarch64__)
#include "apus_pointwise.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "pointwise.inc.h"
#include "../isa_end.h"
#endif
