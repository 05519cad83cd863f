#include "apus_embedding.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "embedding.inc.h"
#include "../isa_end.h"
