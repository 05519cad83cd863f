// The three kernels of a block of windows, for one instruction set: compute, update of outputs, update of inputs.
#include "../pointwise/math.inc.h"
#include "products.inc.h"

// A table does not fit the caches: rows are asked for so many ahead.
enum { ROWS_AHEAD = 8, WINDOWS_AHEAD = 2 };

static inline APUS_INLINE void ask_for(const float *row, int64_t width) {
    for (int64_t column = 0; column < width; column += 16) __builtin_prefetch(row + column, 0, 3);
    __builtin_prefetch(row + width - 1, 0, 3);
}

static inline APUS_INLINE float *input_row(const apus_window_block *b, int64_t row) {
    return row < b->words ? b->inputs + row * b->dimension
                          : b->ngrams + (row - b->words) * b->dimension;
}

/// The vector of one position: the mean of its input rows, padded with zeros.
static inline APUS_INLINE void gather(const apus_window_block *b, int64_t position, float *out) {
    int64_t start = b->input_starts[position], end = b->input_starts[position + 1];
    for (int64_t column = 0; column < b->width; column += 16) {
        int64_t left = b->dimension - column < 16 ? b->dimension - column : 16;
        lanes sum = all_lanes(0);
        for (int64_t i = start; i < end; i++) {
            const float *row = input_row(b, b->input_rows[i]) + column;
            lanes value = left == 16 ? load_lanes(row) : load_first_lanes(row, left);
            sum = i == start ? value : sum + value;
        }
        if (end - start > 1) sum = sum / all_lanes((float)(end - start));
        store_lanes(out + column, sum);
    }
}

static inline APUS_INLINE void gather_chunk(
    const apus_window_block *b, int64_t first, int64_t end, float *hidden) {
    int64_t last_input = b->input_starts[b->windows + 2 * b->halo];
    int64_t asked = b->input_starts[first];
    for (int64_t position = first; position < end; position++) {
        int64_t until = b->input_starts[position + 1] + ROWS_AHEAD;
        if (until > last_input) until = last_input;
        for (; asked < until; asked++) {
            ask_for(input_row(b, b->input_rows[asked]), b->dimension);
        }
        gather(b, position, hidden + (position - first) * b->width);
    }
}

static void mean_of_rows(const float *const *rows, int64_t count, int64_t width, float *out) {
    lanes divisor = all_lanes((float)count);
    for (int64_t column = 0; column < width; column += 16) {
        lanes sum = load_lanes(rows[0] + column);
        for (int64_t i = 1; i < count; i++) sum += load_lanes(rows[i] + column);
        store_lanes(out + column, sum / divisor);
    }
}

/// One window: `count` hidden vectors against the window's outputs, as many at a time as the scratch memory holds.
/// Returns the loss if it is asked for.
static float predict(
    const apus_window_block *b, int64_t window, const float *const *hidden, float *const *gradients,
    int64_t count, int asks_for_loss) {
    int64_t start = b->output_starts[window], end = b->output_starts[window + 1];
    int64_t at_once = MOST_PRODUCTS / count;
    float *coefficients = b->coefficients + b->coefficient_starts[window];
    lanes loss = all_lanes(0);
    for (int64_t o = start; o < end; o += at_once) {
        int64_t outputs = end - o < at_once ? end - o : at_once;
        const float *rows[MOST_PRODUCTS];
        for (int64_t j = 0; j < outputs; j++) {
            rows[j] = b->outputs + (int64_t)b->output_rows[o + j] * b->width;
        }
        lanes sums[MOST_PRODUCTS + 16], signs[MOST_PRODUCTS / 16 + 1];
        int64_t total = outputs * count;
        all_products(sums, hidden, count, rows, outputs, b->width);
        for (int64_t k = total; k < (total + 15) / 16 * 16; k++) sums[k] = all_lanes(0);
        // −1 where the output is the right one, else 1; 0 behind the last.
        float *sign = (float *)signs;
        for (int64_t j = 0; j < outputs; j++) {
            float value = b->labels[o + j] != 0 ? -1.0f : 1.0f;
            for (int64_t i = 0; i < count; i++) *sign++ = value;
        }
        for (int64_t k = total; k < (total + 15) / 16 * 16; k++) *sign++ = 0;
        for (int64_t k = 0; k < total; k += 16) {
            lanes s = signs[k / 16];
            lanes x = sixteen_sums(sums + k) * s;
            lanes g = sigmoid_lanes(x) * (s * all_lanes(-b->rate));
            store_first_lanes(coefficients + k, g, total - k < 16 ? total - k : 16);
            // softplus(0) behind the last must not count.
            if (asks_for_loss) loss += softplus_lanes(x) * (s * s);
        }
        for (int64_t i = 0; i + 1 < count; i += 2) {
            add_products(2, gradients + i, rows, coefficients + i, count, outputs, b->width);
        }
        if (count % 2 == 1) {
            add_products(
                1, gradients + count - 1, rows, coefficients + count - 1, count, outputs, b->width);
        }
        coefficients += total;
    }
    return asks_for_loss ? sum_of_lanes(loss) : 0;
}

static void APUS_NAME(compute)(const apus_window_block *b, int64_t chunk, int asks_for_loss) {
    int64_t first = chunk * b->chunk;
    int64_t end = first + b->chunk < b->windows ? first + b->chunk : b->windows;
    int64_t room = (b->chunk + 2 * b->halo) * b->width;
    float *hidden = b->hidden + chunk * room, *gradients = b->gradients + chunk * room;
    gather_chunk(b, first, end + 2 * b->halo, hidden);
    memset(gradients, 0, (size_t)((end - first + 2 * b->halo) * b->width) * sizeof(float));
    float loss = 0;
    for (int64_t w = first; w < end; w++) {
        int64_t ahead = w + WINDOWS_AHEAD < b->windows ? w + WINDOWS_AHEAD : b->windows;
        int64_t behind = ahead < b->windows ? ahead + 1 : b->windows;
        for (int64_t o = b->output_starts[ahead]; o < b->output_starts[behind]; o++) {
            ask_for(b->outputs + (int64_t)b->output_rows[o] * b->width, b->width);
        }
        const float *x[APUS_MOST_CONTEXTS];
        float *dx[APUS_MOST_CONTEXTS];
        int64_t count = 0;
        for (int64_t position = b->first[w]; position < b->end[w]; position++) {
            if (position == w + b->halo) continue;
            x[count] = hidden + (position - first) * b->width;
            dx[count] = gradients + (position - first) * b->width;
            count++;
        }
        if (count == 0) continue;
        if (!b->averages) {
            loss += predict(b, w, x, dx, count, asks_for_loss);
            continue;
        }
        float *mean = b->means + w * b->width;
        mean_of_rows(x, count, b->width, mean);
        float gradient[b->width] __attribute__((aligned(64)));
        memset(gradient, 0, (size_t)b->width * sizeof(float));
        const float *one = mean;
        float *its_gradient = gradient;
        loss += predict(b, w, &one, &its_gradient, 1, asks_for_loss);
        for (int64_t i = 0; i < count; i++) {
            for (int64_t column = 0; column < b->width; column += 16) {
                lanes sum = load_lanes(dx[i] + column) + load_lanes(gradient + column);
                store_lanes(dx[i] + column, sum);
            }
        }
    }
    if (asks_for_loss) b->losses[chunk] = loss;
}

static void APUS_NAME(update_outputs)(const apus_window_block *b, int64_t first, int64_t end) {
    const apus_touched_rows *touched = &b->touched_outputs;
    int64_t room = (b->chunk + 2 * b->halo) * b->width;
    for (int64_t u = first; u < end; u++) {
        if (u + ROWS_AHEAD < end) {
            ask_for(b->outputs + (int64_t)touched->rows[u + ROWS_AHEAD] * b->width, b->width);
        }
        float *row = b->outputs + (int64_t)touched->rows[u] * b->width;
        for (int64_t k = touched->first[u]; k >= 0; k = touched->next[k]) {
            int64_t w = b->output_windows[k];
            const float *x[APUS_MOST_CONTEXTS];
            int64_t count = 0;
            if (b->averages) {
                x[count++] = b->means + w * b->width;
            } else {
                int64_t chunk = w / b->chunk;
                const float *hidden = b->hidden + chunk * room - chunk * b->chunk * b->width;
                for (int64_t position = b->first[w]; position < b->end[w]; position++) {
                    if (position != w + b->halo) x[count++] = hidden + position * b->width;
                }
            }
            const float *g = b->coefficients + b->coefficient_starts[w]
                + (k - b->output_starts[w]) * count;
            add_products(1, &row, x, g, 1, count, b->width);
        }
    }
}

static void APUS_NAME(update_inputs)(const apus_window_block *b, int64_t first, int64_t end) {
    const apus_touched_rows *touched = &b->touched_inputs;
    int64_t reach = b->chunk + 2 * b->halo;
    int64_t chunks = (b->windows + b->chunk - 1) / b->chunk;
    for (int64_t u = first; u < end; u++) {
        if (u + ROWS_AHEAD < end) {
            ask_for(input_row(b, touched->rows[u + ROWS_AHEAD]), b->dimension);
        }
        float *row = input_row(b, touched->rows[u]);
        for (int64_t k = touched->first[u]; k >= 0; k = touched->next[k]) {
            int64_t position = b->input_positions[k];
            // The chunks whose positions chunk · c ..< chunk · c + reach hold this one.
            int64_t c = position < reach ? 0 : (position - reach) / b->chunk + 1;
            for (; c < chunks && c * b->chunk <= position; c++) {
                int64_t place = c * reach + position - c * b->chunk;
                add_row(row, b->gradients + place * b->width, b->dimension);
            }
        }
    }
}

const apus_wordvector_kernels APUS_NAME(apus_wordvectors) = {
    .compute = APUS_NAME(compute),
    .update_outputs = APUS_NAME(update_outputs),
    .update_inputs = APUS_NAME(update_inputs),
};
