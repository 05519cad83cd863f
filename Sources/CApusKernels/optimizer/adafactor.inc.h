// Adafactor: the mean of the squared gradients of a matrix is kept as one number for each row and each column.

static inline APUS_INLINE lanes load_some(const float *p, size_t count) {
    return count >= 16 ? load_lanes(p) : load_first_lanes(p, (int64_t)count);
}
static inline APUS_INLINE void store_some(float *p, lanes v, size_t count) {
    if (count >= 16) store_lanes(p, v);
    else store_first_lanes(p, v, (int64_t)count);
}
static inline APUS_INLINE lanes adafactor_scale(const apus_optimizer_memory *memory) {
    return all_lanes(memory->gradient_scale ? *memory->gradient_scale : 1);
}

static void APUS_NAME(optimizer_adafactor_squares)(
    const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
    double *column_sums, const apus_optimizer_rule *given) {
    apus_adafactor_rule rule = given->adafactor;
    lanes scale = adafactor_scale(memory), floor = all_lanes(rule.square_floor);
    float *state = memory->state[0];
    if (!column_sums) {
        for (size_t i = first; i < end; i += 16) {
            size_t count = end - i;
            lanes g = load_some(memory->gradient + i, count) * scale, q = fma_lanes(g, g, floor);
            store_some(state + i, moved(load_some(state + i, count), rule.gain, q), count);
        }
        return;
    }
    for (size_t row = first; row < end; row++) {
        const float *gradient = memory->gradient + row * width;
        dlanes sum = {0};
        size_t i = 0;
        for (; i + 16 <= width; i += 16) {
            lanes g = load_lanes(gradient + i) * scale, q = fma_lanes(g, g, floor);
            dlanes wide = __builtin_convertvector(q, dlanes), columns;
            memcpy(&columns, column_sums + i, sizeof columns);
            columns += wide;
            memcpy(column_sums + i, &columns, sizeof columns);
            sum += wide;
        }
        for (size_t lane = 0; i < width; i++, lane++) {
            float g = gradient[i] * scale[0], q = fma_one(g, g, rule.square_floor);
            column_sums[i] += q;
            sum[lane] += q;
        }
        float mean = (float)(sum_of_dlanes(sum) / (double)width);
        state[row] = fma_one(rule.gain, mean - state[row], state[row]);
    }
}

/// u of up to 16 columns of a row, from column `i` on.
static inline APUS_INLINE lanes adafactor_change(
    const apus_optimizer_memory *memory, size_t at, size_t count, lanes scale, float row_factor,
    const float *column_factors) {
    lanes g = load_some(memory->gradient + at, count) * scale;
    if (!column_factors) {
        // Lanes behind the end are 0 / 0 and must not count.
        lanes u = g / root_lanes(load_some(memory->state[0] + at, count));
        ilanes index = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        int32_t there = count < 16 ? (int32_t)count : 16;
        return (lanes)((ilanes)u & (index < there));
    }
    return g * all_lanes(row_factor) * load_some(column_factors, count);
}

static void APUS_NAME(optimizer_adafactor_norms)(
    const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
    const float *row_factors, const float *column_factors, double *sums) {
    lanes scale = adafactor_scale(memory);
    dlanes changes = {0}, parameters = {0};
    size_t length = column_factors ? width : end - first, rows = column_factors ? end - first : 1;
    for (size_t row = 0; row < rows; row++) {
        size_t start = column_factors ? (first + row) * width : first;
        float factor = column_factors ? row_factors[first + row] : 1;
        for (size_t i = 0; i < length; i += 16) {
            const float *columns = column_factors ? column_factors + i : NULL;
            lanes u = adafactor_change(memory, start + i, length - i, scale, factor, columns);
            dlanes x = __builtin_convertvector(u, dlanes);
            dlanes p = __builtin_convertvector(
                load_some(memory->parameter + start + i, length - i), dlanes);
            changes += x * x;
            parameters += p * p;
        }
    }
    sums[0] = sum_of_dlanes(changes);
    sums[1] = sum_of_dlanes(parameters);
}

static void APUS_NAME(optimizer_adafactor_step)(
    const apus_optimizer_memory *memory, size_t width, size_t first, size_t end,
    const float *row_factors, const float *column_factors, float step, float parameter_keep) {
    lanes scale = adafactor_scale(memory);
    size_t length = column_factors ? width : end - first, rows = column_factors ? end - first : 1;
    for (size_t row = 0; row < rows; row++) {
        size_t start = column_factors ? (first + row) * width : first;
        float factor = column_factors ? row_factors[first + row] : 1;
        for (size_t i = 0; i < length; i += 16) {
            const float *columns = column_factors ? column_factors + i : NULL;
            size_t count = length - i;
            lanes u = adafactor_change(memory, start + i, count, scale, factor, columns);
            lanes p = load_some(memory->parameter + start + i, count);
            p = fma_lanes(all_lanes(-step), u, all_lanes(parameter_keep) * p);
            store_some(memory->parameter_out + start + i, p, count);
        }
    }
}
