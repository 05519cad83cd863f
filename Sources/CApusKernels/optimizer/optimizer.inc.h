// Optimizer steps for one instruction set. Each formula stands once, over `lanes`; `..._run` carries it over
// a contiguous range, `..._rows` over the rows that have a gradient.

#include "../embedding/narrow.inc.h"

// How many rows ahead the table is asked for: a touched row is rarely in a cache.
enum { ROWS_AHEAD = 16 };

static inline APUS_INLINE lanes root_lanes(lanes x) { return __builtin_elementwise_sqrt(x); }

static inline APUS_INLINE void ask_for_update(const float *row, size_t width) {
    for (size_t column = 0; column < width; column += 16) __builtin_prefetch(row + column, 1, 3);
    __builtin_prefetch(row + width - 1, 1, 3);
}

// Stochastic gradient descent

static inline APUS_INLINE lanes sgd_lanes(
    lanes p, lanes *v, lanes g, int has_velocity, const apus_sgd_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), p, g);
    if (has_velocity) {
        *v = fma_lanes(all_lanes(rule->momentum), *v, d);
        d = rule->nesterov ? fma_lanes(all_lanes(rule->momentum), *v, d) : *v;
    }
    return fma_lanes(all_lanes(-rule->learning_rate), d, p);
}

static inline APUS_INLINE void sgd_run(
    float *parameter_out, float *velocity_out, const float *parameter, const float *velocity,
    const float *gradient, size_t count, int has_velocity, const apus_sgd_rule *rule) {
    lanes v = all_lanes(0);
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        if (has_velocity) v = load_lanes(velocity + i);
        lanes p = sgd_lanes(
            load_lanes(parameter + i), &v, load_lanes(gradient + i), has_velocity, rule);
        store_lanes(parameter_out + i, p);
        if (has_velocity) store_lanes(velocity_out + i, v);
    }
    size_t rest = count - i;
    if (rest == 0) return;
    if (has_velocity) v = load_narrow(velocity + i, rest);
    lanes p = sgd_lanes(
        load_narrow(parameter + i, rest), &v, load_narrow(gradient + i, rest), has_velocity, rule);
    store_narrow(parameter_out + i, rest, p);
    if (has_velocity) store_narrow(velocity_out + i, rest, v);
}

static void APUS_NAME(optimizer_sgd)(
    float *parameter_out, float *velocity_out, const float *parameter, const float *velocity,
    const float *gradient, size_t count, const apus_sgd_rule *given) {
    apus_sgd_rule rule = *given;
    if (rule.momentum == 0) {
        sgd_run(parameter_out, NULL, parameter, NULL, gradient, count, 0, &rule);
    } else {
        sgd_run(parameter_out, velocity_out, parameter, velocity, gradient, count, 1, &rule);
    }
}

static void APUS_NAME(optimizer_sgd_rows)(
    float *parameter_out, float *velocity_out, const float *parameter, const float *velocity,
    const int32_t *rows, const float *values, size_t width, size_t first, size_t end,
    const apus_sgd_rule *given) {
    apus_sgd_rule rule = *given;
    if (width == 0) return;
    for (size_t u = first; u < end; u++) {
        size_t at = (size_t)rows[u] * width;
        size_t ahead = u + ROWS_AHEAD < end ? (size_t)rows[u + ROWS_AHEAD] * width : at;
        ask_for_update(parameter + ahead, width);
        if (rule.momentum == 0) {
            sgd_run(
                parameter_out + at, NULL, parameter + at, NULL, values + u * width, width, 0, &rule);
        } else {
            ask_for_update(velocity + ahead, width);
            sgd_run(
                parameter_out + at, velocity_out + at, parameter + at, velocity + at,
                values + u * width, width, 1, &rule);
        }
    }
}

// Adagrad

static inline APUS_INLINE lanes adagrad_lanes(
    lanes p, lanes *s, lanes g, const apus_adagrad_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), p, g);
    *s = fma_lanes(d, d, *s);
    lanes q = d / (root_lanes(*s) + all_lanes(rule->epsilon));
    return fma_lanes(all_lanes(-rule->learning_rate), q, p);
}

static inline APUS_INLINE void adagrad_run(
    float *parameter_out, float *sum_out, const float *parameter, const float *sum,
    const float *gradient, size_t count, const apus_adagrad_rule *rule) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        lanes s = load_lanes(sum + i);
        lanes p = adagrad_lanes(load_lanes(parameter + i), &s, load_lanes(gradient + i), rule);
        store_lanes(parameter_out + i, p);
        store_lanes(sum_out + i, s);
    }
    size_t rest = count - i;
    if (rest == 0) return;
    lanes s = load_narrow(sum + i, rest);
    lanes p = adagrad_lanes(
        load_narrow(parameter + i, rest), &s, load_narrow(gradient + i, rest), rule);
    store_narrow(parameter_out + i, rest, p);
    store_narrow(sum_out + i, rest, s);
}

static void APUS_NAME(optimizer_adagrad)(
    float *parameter_out, float *sum_out, const float *parameter, const float *sum,
    const float *gradient, size_t count, const apus_adagrad_rule *given) {
    apus_adagrad_rule rule = *given;
    adagrad_run(parameter_out, sum_out, parameter, sum, gradient, count, &rule);
}

static void APUS_NAME(optimizer_adagrad_rows)(
    float *parameter_out, float *sum_out, const float *parameter, const float *sum,
    const int32_t *rows, const float *values, size_t width, size_t first, size_t end,
    const apus_adagrad_rule *given) {
    apus_adagrad_rule rule = *given;
    if (width == 0) return;
    for (size_t u = first; u < end; u++) {
        size_t at = (size_t)rows[u] * width;
        size_t ahead = u + ROWS_AHEAD < end ? (size_t)rows[u + ROWS_AHEAD] * width : at;
        ask_for_update(parameter + ahead, width);
        ask_for_update(sum + ahead, width);
        adagrad_run(
            parameter_out + at, sum_out + at, parameter + at, sum + at, values + u * width, width,
            &rule);
    }
}

// Adam and AdamW

static inline APUS_INLINE lanes adam_lanes(
    lanes p, lanes *m, lanes *v, lanes g, const apus_adam_rule *rule) {
    lanes d = fma_lanes(all_lanes(rule->weight_decay), p, g);
    *m = fma_lanes(all_lanes(rule->mean_gain), d - *m, *m);
    *v = fma_lanes(all_lanes(rule->square_gain) * d, d, all_lanes(rule->square_keep) * *v);
    lanes root = fma_lanes(
        root_lanes(*v), all_lanes(rule->root_scale), all_lanes(rule->epsilon));
    return fma_lanes(
        all_lanes(-rule->step_size), *m / root, all_lanes(rule->parameter_keep) * p);
}

// Without a running mean (β1 = 0) the step follows the gradient itself; `mean` is then not touched.
static inline APUS_INLINE void adam_run(
    int has_mean, float *parameter_out, float *mean_out, float *square_out, const float *parameter,
    const float *mean, const float *square, const float *gradient, size_t count,
    const apus_adam_rule *rule) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        lanes m = has_mean ? load_lanes(mean + i) : all_lanes(0), v = load_lanes(square + i);
        lanes p = adam_lanes(load_lanes(parameter + i), &m, &v, load_lanes(gradient + i), rule);
        store_lanes(parameter_out + i, p);
        if (has_mean) store_lanes(mean_out + i, m);
        store_lanes(square_out + i, v);
    }
    size_t rest = count - i;
    if (rest == 0) return;
    lanes m = has_mean ? load_narrow(mean + i, rest) : all_lanes(0);
    lanes v = load_narrow(square + i, rest);
    lanes p = adam_lanes(
        load_narrow(parameter + i, rest), &m, &v, load_narrow(gradient + i, rest), rule);
    store_narrow(parameter_out + i, rest, p);
    if (has_mean) store_narrow(mean_out + i, rest, m);
    store_narrow(square_out + i, rest, v);
}

static void APUS_NAME(optimizer_adam)(
    float *parameter_out, float *mean_out, float *square_out, const float *parameter,
    const float *mean, const float *square, const float *gradient, size_t count,
    const apus_adam_rule *given) {
    apus_adam_rule rule = *given;
    if (mean) {
        adam_run(
            1, parameter_out, mean_out, square_out, parameter, mean, square, gradient, count, &rule);
    } else {
        adam_run(
            0, parameter_out, NULL, square_out, parameter, NULL, square, gradient, count, &rule);
    }
}

static inline APUS_INLINE void adam_run_rows(
    int has_mean, float *parameter_out, float *mean_out, float *square_out, const float *parameter,
    const float *mean, const float *square, const int32_t *rows, const float *values, size_t width,
    size_t first, size_t end, const apus_adam_rule *rule) {
    for (size_t u = first; u < end; u++) {
        size_t at = (size_t)rows[u] * width;
        size_t ahead = u + ROWS_AHEAD < end ? (size_t)rows[u + ROWS_AHEAD] * width : at;
        ask_for_update(parameter + ahead, width);
        if (has_mean) ask_for_update(mean + ahead, width);
        ask_for_update(square + ahead, width);
        adam_run(
            has_mean, parameter_out + at, has_mean ? mean_out + at : NULL, square_out + at,
            parameter + at, has_mean ? mean + at : NULL, square + at, values + u * width, width,
            rule);
    }
}

static void APUS_NAME(optimizer_adam_rows)(
    float *parameter_out, float *mean_out, float *square_out, const float *parameter,
    const float *mean, const float *square, const int32_t *rows, const float *values, size_t width,
    size_t first, size_t end, const apus_adam_rule *given) {
    apus_adam_rule rule = *given;
    if (width == 0) return;
    if (mean) {
        adam_run_rows(
            1, parameter_out, mean_out, square_out, parameter, mean, square, rows, values, width,
            first, end, &rule);
    } else {
        adam_run_rows(
            0, parameter_out, NULL, square_out, parameter, NULL, square, rows, values, width, first,
            end, &rule);
    }
}

// Clipping

typedef double dlanes __attribute__((vector_size(128)));

static inline APUS_INLINE double sum_of_squares_in_chunk(const float *x, size_t count) {
    dlanes sum = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        dlanes value = __builtin_convertvector(load_lanes(x + i), dlanes);
        // The square of a float is exact in double, so this add is as good as a fused one.
        sum += value * value;
    }
    for (size_t lane = 0; i < count; i++, lane++) sum[lane] += (double)x[i] * x[i];
    double parts[16];
    memcpy(parts, &sum, sizeof parts);
    for (int half = 8; half >= 1; half /= 2) {
        for (int lane = 0; lane < half; lane++) parts[lane] += parts[lane + half];
    }
    return parts[0];
}

static double APUS_NAME(optimizer_squared_norm)(const float *x, size_t count) {
    enum { CHUNK = 4096 };
    double total = 0;
    for (size_t i = 0; i < count; i += CHUNK) {
        total += sum_of_squares_in_chunk(x + i, count - i < CHUNK ? count - i : CHUNK);
    }
    return total;
}

static void APUS_NAME(optimizer_scale)(float *out, const float *x, size_t count, float factor) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) store_lanes(out + i, load_lanes(x + i) * all_lanes(factor));
    size_t rest = count - i;
    if (rest) store_narrow(out + i, rest, load_narrow(x + i, rest) * all_lanes(factor));
}

const apus_optimizer_kernels APUS_NAME(apus_optimizer) = {
    .sgd = APUS_NAME(optimizer_sgd),
    .sgd_rows = APUS_NAME(optimizer_sgd_rows),
    .adagrad = APUS_NAME(optimizer_adagrad),
    .adagrad_rows = APUS_NAME(optimizer_adagrad_rows),
    .adam = APUS_NAME(optimizer_adam),
    .adam_rows = APUS_NAME(optimizer_adam_rows),
    .squared_norm = APUS_NAME(optimizer_squared_norm),
    .scale = APUS_NAME(optimizer_scale),
};
