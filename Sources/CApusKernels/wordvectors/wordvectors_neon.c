#if defined(__aarch64__)
#include "apus_wordvectors.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "wordvectors.inc.h"
#include "../isa_end.h"
#endif
