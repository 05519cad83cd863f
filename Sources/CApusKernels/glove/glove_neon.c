#if defined(__aarch64__)
#include "apus_glove.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "glove.inc.h"
#include "../isa_end.h"
#endif
