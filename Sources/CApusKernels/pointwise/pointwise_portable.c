#include "apus_pointwise.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "pointwise.inc.h"
#include "../isa_end.h"
