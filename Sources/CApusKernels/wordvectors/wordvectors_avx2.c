#if defined(__x86_64__)
#include "apus_wordvectors.h"
#define APUS_TARGET avx2
#include "../isa_begin.h"
#include "wordvectors.inc.h"
#include "../isa_end.h"
#endif
