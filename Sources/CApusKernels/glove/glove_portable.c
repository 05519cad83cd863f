#include "apus_glove.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "glove.inc.h"
#include "../isa_end.h"
