#include "apus_reduce.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "reduce.inc.h"
#include "../isa_end.h"
