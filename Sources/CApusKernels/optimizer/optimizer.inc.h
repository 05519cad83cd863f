// Optimizer steps for one instruction set: the formulas carried over contiguous ranges, and over the
// rows that have a gradient.

#include "../embedding/narrow.inc.h"
#include "formulas.inc.h"

// How many rows ahead the table is asked for: a touched row is rarely in a cache.
enum { ROWS_AHEAD = 16 };

static inline APUS_INLINE void ask_for_update(const float *row, size_t width) {
    for (size_t column = 0; column < width; column += 16) __builtin_prefetch(row + column, 1, 3);
    __builtin_prefetch(row + width - 1, 1, 3);
}

/// The elements at ..< at + count, whose gradients begin at `gradient`. `kind` is a constant wherever this
/// is called: what is left of the formula is that of one optimizer.
static inline APUS_INLINE void advance(
    apus_optimizer_kind kind, const apus_optimizer_memory *memory, size_t at,
    const float *gradient, size_t count, lanes scale, const apus_optimizer_rule *rule) {
    float *out = memory->parameter_out + at;
    const float *p = memory->parameter + at;
    float *state[3] = {0};
    int states = state_count(kind);
    for (int s = 0; s < states; s++) state[s] = memory->state[s] + at;
    element x = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        x.p = load_lanes(p + i);
        for (int s = 0; s < states; s++) x.state[s] = load_lanes(state[s] + i);
        x = advanced(kind, x, load_lanes(gradient + i) * scale, rule);
        store_lanes(out + i, x.p);
        for (int s = 0; s < states; s++) store_lanes(state[s] + i, x.state[s]);
    }
    size_t rest = count - i;
    if (rest == 0) return;
    x.p = load_narrow(p + i, rest);
    for (int s = 0; s < states; s++) x.state[s] = load_narrow(state[s] + i, rest);
    x = advanced(kind, x, load_narrow(gradient + i, rest) * scale, rule);
    store_narrow(out + i, rest, x.p);
    for (int s = 0; s < states; s++) store_narrow(state[s] + i, rest, x.state[s]);
}

static inline APUS_INLINE void advance_range(
    apus_optimizer_kind kind, const apus_optimizer_memory *given, size_t start, size_t end,
    const apus_optimizer_rule *given_rule) {
    // Copies: the compiler knows that no store changes them.
    apus_optimizer_memory memory = *given;
    apus_optimizer_rule rule = *given_rule;
    lanes scale = all_lanes(memory.gradient_scale ? *memory.gradient_scale : 1);
    advance(kind, &memory, start, memory.gradient + start, end - start, scale, &rule);
}

static inline APUS_INLINE void advance_rows(
    apus_optimizer_kind kind, const apus_optimizer_memory *given, const int32_t *rows,
    size_t width, size_t first, size_t end, const apus_optimizer_rule *given_rule) {
    apus_optimizer_memory memory = *given;
    apus_optimizer_rule rule = *given_rule;
    lanes scale = all_lanes(memory.gradient_scale ? *memory.gradient_scale : 1);
    int states = state_count(kind);
    for (size_t u = first; u < end; u++) {
        size_t at = (size_t)rows[u] * width;
        size_t ahead = u + ROWS_AHEAD < end ? (size_t)rows[u + ROWS_AHEAD] * width : at;
        ask_for_update(memory.parameter + ahead, width);
        for (int s = 0; s < states; s++) ask_for_update(memory.state[s] + ahead, width);
        advance(kind, &memory, at, memory.gradient + u * width, width, scale, &rule);
    }
}

// Each kind gets a loop of its own.
#define APUS_FOR_EACH_KIND(kind, run) \
    switch (kind) { \
    case APUS_SGD: run(APUS_SGD); break; \
    case APUS_SGD_WITH_VELOCITY: run(APUS_SGD_WITH_VELOCITY); break; \
    case APUS_AVERAGED_SGD: run(APUS_AVERAGED_SGD); break; \
    case APUS_ADAGRAD: run(APUS_ADAGRAD); break; \
    case APUS_ADADELTA: run(APUS_ADADELTA); break; \
    case APUS_RMSPROP: run(APUS_RMSPROP); break; \
    case APUS_RMSPROP_WITH_VELOCITY: run(APUS_RMSPROP_WITH_VELOCITY); break; \
    case APUS_RMSPROP_CENTERED: run(APUS_RMSPROP_CENTERED); break; \
    case APUS_RMSPROP_CENTERED_WITH_VELOCITY: run(APUS_RMSPROP_CENTERED_WITH_VELOCITY); break; \
    case APUS_ADAM: run(APUS_ADAM); break; \
    case APUS_ADAM_WITHOUT_MEAN: run(APUS_ADAM_WITHOUT_MEAN); break; \
    case APUS_AMSGRAD: run(APUS_AMSGRAD); break; \
    case APUS_NADAM: run(APUS_NADAM); break; \
    case APUS_LION: run(APUS_LION); break; \
    case APUS_AVERAGE: run(APUS_AVERAGE); break; \
    case APUS_ADAFACTOR: break; \
    }

static void APUS_NAME(optimizer_step)(
    const apus_optimizer_memory *memory, size_t start, size_t end,
    const apus_optimizer_rule *rule) {
#define APUS_RUN(kind) advance_range(kind, memory, start, end, rule)
    APUS_FOR_EACH_KIND(rule->kind, APUS_RUN)
#undef APUS_RUN
}

static void APUS_NAME(optimizer_step_rows)(
    const apus_optimizer_memory *memory, const int32_t *rows, size_t width, size_t first,
    size_t end, const apus_optimizer_rule *rule) {
    if (width == 0) return;
#define APUS_RUN(kind) advance_rows(kind, memory, rows, width, first, end, rule)
    APUS_FOR_EACH_KIND(rule->kind, APUS_RUN)
#undef APUS_RUN
}

// The gradients' norm

typedef double dlanes __attribute__((vector_size(128)));

/// The sum of 16 lanes: 8 + 8, 4 + 4, 2 + 2, 1 + 1.
static inline APUS_INLINE double sum_of_dlanes(dlanes sum) {
    double parts[16];
    memcpy(parts, &sum, sizeof parts);
    for (int half = 8; half >= 1; half /= 2) {
        for (int lane = 0; lane < half; lane++) parts[lane] += parts[lane + half];
    }
    return parts[0];
}

static inline APUS_INLINE double sum_of_squares_in_chunk(const float *x, size_t count) {
    dlanes sum = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        dlanes value = __builtin_convertvector(load_lanes(x + i), dlanes);
        // The square of a float is exact in double, so this add is as good as a fused one.
        sum += value * value;
    }
    for (size_t lane = 0; i < count; i++, lane++) sum[lane] += (double)x[i] * x[i];
    return sum_of_dlanes(sum);
}

static double APUS_NAME(optimizer_squared_norm)(const float *x, size_t count) {
    enum { CHUNK = 4096 };
    double total = 0;
    for (size_t i = 0; i < count; i += CHUNK) {
        total += sum_of_squares_in_chunk(x + i, count - i < CHUNK ? count - i : CHUNK);
    }
    return total;
}

static void APUS_NAME(optimizer_limit_row_norms)(
    float *table, const int32_t *rows, size_t width, size_t first, size_t end, float limit) {
    if (width == 0) return;
    for (size_t u = first; u < end; u++) {
        float *row = table + (rows ? (size_t)rows[u] : u) * width;
        double norm = __builtin_sqrt(APUS_NAME(optimizer_squared_norm)(row, width));
        if (!(norm > limit)) continue;
        lanes factor = all_lanes((float)(limit / norm));
        size_t i = 0;
        for (; i + 16 <= width; i += 16) store_lanes(row + i, load_lanes(row + i) * factor);
        size_t rest = width - i;
        if (rest) store_narrow(row + i, rest, load_narrow(row + i, rest) * factor);
    }
}

#include "adafactor.inc.h"

const apus_optimizer_kernels APUS_NAME(apus_optimizer) = {
    .step = APUS_NAME(optimizer_step),
    .step_rows = APUS_NAME(optimizer_step_rows),
    .adafactor_squares = APUS_NAME(optimizer_adafactor_squares),
    .adafactor_norms = APUS_NAME(optimizer_adafactor_norms),
    .adafactor_step = APUS_NAME(optimizer_adafactor_step),
    .squared_norm = APUS_NAME(optimizer_squared_norm),
    .limit_row_norms = APUS_NAME(optimizer_limit_row_norms),
};
