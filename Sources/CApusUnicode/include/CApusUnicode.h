/// What Unicode says about a scalar, in constant tables. Nothing is prepared at start-up and nothing is
/// allocated; the tables' pages are read when they are first asked.
#ifndef APUS_UNICODE_H
#define APUS_UNICODE_H

#include <stdint.h>

/// The version of the Unicode Character Database that the tables hold: major·100 + minor.
extern const int32_t apus_unicode_version;

#endif
