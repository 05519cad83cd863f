#define APUS_TARGET portable
#include "../isa_begin.h"
#include "math_scalar.inc.h"
#include "../isa_end.h"
