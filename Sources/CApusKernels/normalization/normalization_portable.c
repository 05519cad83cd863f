#include "apus_normalization.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "normalization.inc.h"
#include "../isa_end.h"
