#include "apus_recurrent.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "recurrent.inc.h"
#include "../isa_end.h"
