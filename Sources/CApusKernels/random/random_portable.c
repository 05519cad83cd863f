#include "apus_random.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "random.inc.h"
#include "../isa_end.h"
