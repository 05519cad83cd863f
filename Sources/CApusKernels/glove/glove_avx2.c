#if defined(__x86_64__)
#include "apus_glove.h"
#define APUS_TARGET avx2
#include "../isa_begin.h"
#include "glove.inc.h"
#include "../isa_end.h"
#endif
