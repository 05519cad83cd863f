// The table of reductions: its parts in the order in which they need each other.
#include "../pointwise/math.inc.h"
#include "sums.inc.h"
#include "extremes.inc.h"
#include "rows.inc.h"
#include "softmax.inc.h"
#include "cross_entropy.inc.h"

const apus_reduce_kernels APUS_NAME(apus_reduce_kernels) = {
    .sum = APUS_NAME(sum),
    .sum_of_squares = APUS_NAME(sum_of_squares),
    .dot = APUS_NAME(dot),
    .maximum = APUS_NAME(maximum),
    .minimum = APUS_NAME(minimum),
    .argmax = APUS_NAME(argmax),
    .argmin = APUS_NAME(argmin),
    .first_not_finite = APUS_NAME(first_not_finite),
    .row_sums = APUS_NAME(row_sums),
    .row_maxima = APUS_NAME(row_maxima),
    .row_minima = APUS_NAME(row_minima),
    .row_argmax = APUS_NAME(row_argmax),
    .row_argmin = APUS_NAME(row_argmin),
    .column_sums = APUS_NAME(column_sums),
    .block_sums = APUS_NAME(block_sums),
    .softmax = APUS_NAME(softmax),
    .softmax_gradient = APUS_NAME(softmax_gradient),
    .log_softmax = APUS_NAME(log_softmax),
    .log_softmax_gradient = APUS_NAME(log_softmax_gradient),
    .softmax_cross_entropy = APUS_NAME(softmax_cross_entropy),
    .soft_cross_entropy = APUS_NAME(soft_cross_entropy),
    .smoothed_cross_entropy = APUS_NAME(smoothed_cross_entropy),
    .row_exponentials = APUS_NAME(row_exponentials),
    .scale_rows = APUS_NAME(scale_rows),
    .binary_cross_entropy = APUS_NAME(binary_cross_entropy),
    .transpose = APUS_NAME(transpose),
    .add_row = APUS_NAME(add_row),
    .scale = APUS_NAME(scale),
    .axpy = APUS_NAME(axpy),
};
