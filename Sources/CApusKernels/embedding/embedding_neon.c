#if defined(__aarch64__)
#include "apus_embedding.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "embedding.inc.h"
#include "../isa_end.h"
#endif
