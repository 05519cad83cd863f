#if defined(__aarch64__)
#include "apus_attention.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "attention.inc.h"
#include "../isa_end.h"
#endif
