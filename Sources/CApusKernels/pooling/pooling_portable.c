#include "apus_pooling.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "pooling.inc.h"
#include "../isa_end.h"
