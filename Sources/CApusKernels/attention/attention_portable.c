#include "apus_attention.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "attention.inc.h"
#include "../isa_end.h"
