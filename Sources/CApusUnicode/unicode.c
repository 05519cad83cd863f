#include "CApusUnicode.h"

const int32_t apus_unicode_version = 1800;
