#include "apus_optimizer.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "optimizer.inc.h"
#include "../isa_end.h"
