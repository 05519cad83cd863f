// Word vectors by prediction: skip-gram and CBOW, with negative sampling or hierarchical softmax, in blocks of
// windows (after Ji, Satish, Li and Dubey, "Parallelizing Word2Vec in shared and distributed memory", 2016).
//
// A block is a number of consecutive windows of the text. All of it is computed against the tables as they
// were at its beginning; then each row that occurs in it is changed once, by the sum of its gradients in the
// order of the windows. So nothing depends on who computes which part.
//
// Positions are the words of the text that the windows look at: window w has its centre at position w + halo,
// and looks at the positions first[w] ..< end[w] without the centre. A hidden vector is what predicts: in
// skip-gram the vector of each position of the window by itself, in CBOW their mean. The vector of a position
// is the mean of its input rows: one row for a word, more with n-grams. It predicts the window's outputs:
//
//     coefficient = rate · (label − sigmoid(hidden · output))
//     output     += Σ coefficient · hidden
//     each input row of a position += Σ coefficient · output      (over the windows that look at it)
//
// Windows are computed in chunks of a fixed number. A chunk keeps copies of its positions' vectors, because the
// update still needs the old ones, and its own gradients of them.
#ifndef APUS_WORDVECTORS_H
#define APUS_WORDVECTORS_H

#include <stddef.h>
#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// The most positions that a window may look at.
#define APUS_MOST_CONTEXTS 256

/// The rows of a table that occur in a block, each once, with the chain of its occurrences.
typedef struct {
    const int32_t *rows;
    /// The first occurrence of each of `rows`; next[k] follows occurrence k, −1 ends the chain.
    const int32_t *first;
    const int32_t *next;
    int64_t count;
} apus_touched_rows;

typedef struct {
    /// Numbers in an input row, and the same rounded up to a multiple of 16: hidden and output rows are padded
    /// with zeros.
    int64_t dimension, width;
    /// Windows in a chunk, positions before the first window and behind the last, windows in this block.
    int64_t chunk, halo, windows;
    /// Whether the hidden vector is the mean of the window's positions (CBOW).
    int32_t averages;
    float rate;

    /// The input rows below `words` are those of words, the others those of n-grams.
    int64_t words;
    float *inputs;   // [words, dimension]
    float *ngrams;   // [n-grams, dimension]
    float *outputs;  // [rows, width]

    /// Position p has the input rows input_rows[input_starts[p] ..< input_starts[p + 1]], none beyond the text's
    /// ends; input_positions tells the position of each.
    const int32_t *input_starts, *input_rows, *input_positions;

    /// [windows]: the positions that a window looks at; first ≤ centre < end.
    const int32_t *first, *end;
    /// Window w has the outputs output_starts[w] ..< output_starts[w + 1]: their rows, their labels (0 or 1), and
    /// of each its window.
    const int32_t *output_starts, *output_rows, *output_windows;
    const float *labels;
    /// Window w's coefficients begin at coefficient_starts[w]: for each output one for each hidden vector.
    const int32_t *coefficient_starts;

    float *coefficients;
    /// [chunks, chunk + 2·halo, width]: the positions' vectors, and the gradients.
    float *hidden, *gradients;
    /// [windows, width], for CBOW.
    float *means;
    /// [chunks]: the sum of −log sigmoid(±hidden · output) of each chunk that is asked for it.
    float *losses;

    apus_touched_rows touched_inputs, touched_outputs;
} apus_window_block;

typedef struct {
    /// Computes the coefficients and the positions' gradients of one chunk, and its loss if asked for.
    void (*compute)(const apus_window_block *block, int64_t chunk, int asks_for_loss);
    /// Changes the output rows first ..< end of the touched ones.
    void (*update_outputs)(const apus_window_block *block, int64_t first, int64_t end);
    /// Changes the input rows first ..< end of the touched ones.
    void (*update_inputs)(const apus_window_block *block, int64_t first, int64_t end);
} apus_wordvector_kernels;

/// The table for `isa`; null where this architecture does not have it.
const apus_wordvector_kernels *apus_wordvector_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
