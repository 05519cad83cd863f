#if defined(__aarch64__)
#include "apus_matmul.h"

#define APUS_TARGET neon
#include "../isa_begin.h"
#include "matmul.inc.h"
#include "../isa_end.h"
#endif
