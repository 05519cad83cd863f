#if defined(__aarch64__)
#include "apus_recurrent.h"
#define APUS_TARGET neon
#include "../isa_begin.h"
#include "recurrent.inc.h"
#include "../isa_end.h"
#endif
