#include "apus_matmul.h"

#define APUS_TARGET portable
#include "../isa_begin.h"
#include "matmul.inc.h"
#include "../isa_end.h"
