// CApusKernels: SIMD loops over pointers and sizes. No allocation, no state, no shapes.
//
// Every family of kernels is one source, compiled once per instruction set, and handed out as a table of
// functions: `apus_<family>_kernels_for(isa)`. The caller chooses the table once, at run time. All tables of
// a family give the same bits.
#ifndef CAPUSKERNELS_H
#define CAPUSKERNELS_H

#include "apus_isa.h"
#include "apus_matmul.h"
#include "apus_normalization.h"
#include "apus_math.h"
#include "apus_pointwise.h"
#include "apus_reduce.h"
#include "apus_attention.h"
#include "apus_embedding.h"
#include "apus_glove.h"
#include "apus_optimizer.h"
#include "apus_pooling.h"
#include "apus_random.h"
#include "apus_recurrent.h"
#include "apus_wordvectors.h"
#include "apus_processor.h"

#endif
