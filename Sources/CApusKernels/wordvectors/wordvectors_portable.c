#include "apus_wordvectors.h"
#define APUS_TARGET portable
#include "../isa_begin.h"
#include "wordvectors.inc.h"
#include "../isa_end.h"
