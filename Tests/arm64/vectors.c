// Word vectors: GloVe's steps, and blocks of windows.
#include "digest.h"

int glove_digests(void) {
    enum { WORDS = 11, PAIRS = 90 };
    static const int64_t dimensions[] = {1, 15, 16, 40};
    const apus_glove_kernels *k = apus_glove_kernels_for(isa);
    FAMILY(glove);
    KERNEL(glove, train);
    for (int at = 0; at < 4; at++, release()) {
        const int64_t dimension = dimensions[at], width = (dimension + 16) / 16 * 16;
        const size_t count = (size_t)(2 * WORDS * width);
        apus_glove_tables tables = {
            .dimension = dimension, .width = width, .words = numbers(count, 0.5f),
            .contexts = numbers(count, 0.5f), .rate = 0.05f,
        };
        for (int64_t row = 0; row < WORDS; row++) {
            for (int64_t column = 0; column < 2 * width; column++) {
                const int64_t place = 2 * width * row + column;
                if (column % width > dimension) tables.words[place] = tables.contexts[place] = 0;
                if (column >= width) tables.words[place] = tables.contexts[place] = 1;
            }
        }
        apus_glove_pair pairs[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            pairs[pair] = (apus_glove_pair){
                (int32_t)draw(WORDS), (int32_t)draw(WORDS), (float)draw(50) / 10,
                (float)(1 + draw(9)) / 10,
            };
        }
        double loss = k->train(&tables, pairs, PAIRS);
        add_doubles(&loss, 1);
        add_result(tables.words, count);
        add_result(tables.contexts, count);
    }
    return end_family();
}

enum {
    WINDOWS = 21, CHUNK = 8, HALO = 3, WORDS = 17, NGRAMS = 9, POSITIONS = WINDOWS + 2 * HALO,
    CHUNKS = (WINDOWS + CHUNK - 1) / CHUNK, MOST = 1000,
};

// The rows of a list, each once, with the chain of its places.
static apus_touched_rows chains(const int32_t *list, int32_t count) {
    int32_t *rows = integers(MOST, 1), *first = integers(MOST, 1), *next = integers(MOST, 1);
    int64_t found = 0;
    for (int32_t place = 0; place < count; place++) {
        next[place] = -1;
        int32_t before = place - 1;
        while (before >= 0 && list[before] != list[place]) before--;
        if (before >= 0) {
            next[before] = place;
        } else {
            rows[found] = list[place];
            first[found++] = place;
        }
    }
    return (apus_touched_rows){rows, first, next, found};
}

// A block of windows over random tables.
static apus_window_block block_of(int64_t dimension, int averages) {
    const int64_t width = (dimension + 15) / 16 * 16;
    const size_t room = (size_t)(CHUNKS * (CHUNK + 2 * HALO) * width);
    int32_t *starts = integers(MOST, 1), *rows = integers(MOST, 1), *places = integers(MOST, 1);
    int32_t *first = integers(MOST, 1), *end = integers(MOST, 1), *owners = integers(MOST, 1);
    int32_t *output_starts = integers(MOST, 1), *outputs = integers(MOST, 1);
    int32_t *coefficient_starts = integers(MOST, 1);
    float *labels = result_of(MOST);
    int32_t inputs = 0, count = 0, coefficients = 0;
    for (int32_t position = 0; position < POSITIONS; position++) {
        starts[position] = inputs;
        // The first position lies before the text; n-grams follow the word.
        const int parts = position == 0 ? 0 : 1 + (int)draw(3);
        for (int part = 0; part < parts; part++) {
            rows[inputs] = part == 0 ? (int32_t)draw(WORDS) : WORDS + (int32_t)draw(NGRAMS);
            places[inputs++] = position;
        }
        starts[position + 1] = inputs;
    }
    for (int32_t window = 0; window < WINDOWS; window++) {
        const int32_t centre = window + HALO, start = centre - 1 - (int32_t)draw(HALO);
        first[window] = start > 1 ? start : 1;
        end[window] = centre + 1 + (int32_t)draw(HALO + 1);
        output_starts[window] = count;
        coefficient_starts[window] = coefficients;
        const int32_t predicted = 1 + (int32_t)draw(7);
        for (int32_t output = 0; output < predicted; output++) {
            outputs[count] = (int32_t)draw(WORDS);
            owners[count] = window;
            labels[count++] = output == 0;
        }
        output_starts[window + 1] = count;
        coefficients += predicted * (averages ? 1 : end[window] - first[window] - 1);
    }
    float *table = numbers((size_t)(WORDS * width), 0.5f);
    for (int64_t i = 0; i < WORDS * width; i++) {
        if (i % width >= dimension) table[i] = 0;
    }
    return (apus_window_block){
        .dimension = dimension, .width = width, .chunk = CHUNK, .halo = HALO, .windows = WINDOWS,
        .averages = averages, .rate = 0.1f, .words = WORDS,
        .inputs = numbers((size_t)(WORDS * dimension), 0.5f),
        .ngrams = numbers((size_t)(NGRAMS * dimension), 0.5f), .outputs = table,
        .input_starts = starts, .input_rows = rows, .input_positions = places, .first = first,
        .end = end, .output_starts = output_starts, .output_rows = outputs,
        .output_windows = owners, .labels = labels, .coefficient_starts = coefficient_starts,
        .coefficients = result_of((size_t)coefficients), .hidden = result_of(room),
        .gradients = result_of(room), .means = result_of((size_t)(WINDOWS * width)),
        .losses = result_of(CHUNKS), .touched_inputs = chains(rows, inputs),
        .touched_outputs = chains(outputs, count),
    };
}

int wordvector_digests(void) {
    static const int64_t dimensions[] = {1, 16, 17, 50, 100};
    const apus_wordvector_kernels *k = apus_wordvector_kernels_for(isa);
    FAMILY(wordvector);
    for (int stage = 0; stage < 3; stage++) {
        if (stage == 0) KERNEL(wordvector, compute);
        if (stage == 1) KERNEL(wordvector, update_outputs);
        if (stage == 2) KERNEL(wordvector, update_inputs);
        for (int at = 0; at < 10; at++, release()) {
            const int64_t dimension = dimensions[at / 2];
            apus_window_block block = block_of(dimension, at % 2);
            for (int64_t chunk = 0; chunk < CHUNKS; chunk++) k->compute(&block, chunk, 1);
            if (stage == 0) {
                add_floats(block.losses, CHUNKS);
                add_floats(
                    block.coefficients, (size_t)block.coefficient_starts[WINDOWS - 1]);
                continue;
            }
            k->update_outputs(&block, 0, block.touched_outputs.count);
            if (stage == 2) k->update_inputs(&block, 0, block.touched_inputs.count);
            add_result(block.outputs, (size_t)(WORDS * block.width));
            add_result(block.inputs, (size_t)(WORDS * dimension));
            add_result(block.ngrams, (size_t)(NGRAMS * dimension));
        }
    }
    return end_family();
}
