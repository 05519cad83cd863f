// The way back: from the gradients of h and c after a step to those of its sums and of what stood before it.

// A row that took part: `h` and `c` after the step, `h0` and `c0` before it.
static inline APUS_INLINE void return_row(
    const cell_kind kind, const apus_recurrent_return *step, size_t row, const float *h0,
    const float *c0
) {
    const size_t width = step->width;
    const float *gradient = step->gradient + row * step->gradient_row;
    const float *gates = step->gates ? step->gates + row * step->gates_row : NULL;
    const float *states = step->states + row * step->states_row;
    const float *cells = kind == CELL_LSTM ? step->cells + row * step->cells_row : NULL;
    float *carry = step->carry + row * step->carry_row;
    float *carry_cell = kind == CELL_LSTM ? step->carry_cell + row * step->carry_row : NULL;
    float *sums = step->sum_gradient + row * step->sum_gradient_row;
    float *products =
        kind == CELL_GRU ? step->product_gradient + row * step->sum_gradient_row : NULL;
    float *before = step->before + row * step->before_row;
    const lanes one = all_lanes(1);

    for (size_t u = 0; u < width; u += 16) {
        const int64_t left = (int64_t)(width - u);
        lanes dh = get(gradient + u, left) + get(carry + u, left);
        lanes direct = all_lanes(0);
        if (gates) fetch_gates(kind, gates + step->gates_row + u, width);
        __builtin_prefetch(gradient + step->gradient_row + u);
        lanes old = get(h0 + u, left);
        if (kind == CELL_LSTM) {
            lanes i = get(gates + u, left), f = get(gates + width + u, left);
            lanes g = get(gates + 2 * width + u, left), o = get(gates + 3 * width + u, left);
            lanes t = tanh_lanes(get(cells + u, left));
            lanes dc = fma_lanes(dh * o, fma_lanes(-t, t, one), get(carry_cell + u, left));
            put(sums + u, (dc * g) * (i * (one - i)), left);
            put(sums + width + u, (dc * get(c0 + u, left)) * (f * (one - f)), left);
            put(sums + 2 * width + u, (dc * i) * fma_lanes(-g, g, one), left);
            put(sums + 3 * width + u, (dh * t) * (o * (one - o)), left);
            put(carry_cell + u, dc * f, left);
        } else if (kind == CELL_GRU) {
            lanes r = get(gates + u, left), z = get(gates + width + u, left);
            lanes n = get(gates + 2 * width + u, left), p = get(gates + 3 * width + u, left);
            lanes dn = (dh * (one - z)) * fma_lanes(-n, n, one);
            lanes dz = (dh * (old - n)) * (z * (one - z));
            lanes dr = (dn * p) * (r * (one - r));
            put(sums + u, dr, left);
            put(sums + width + u, dz, left);
            put(sums + 2 * width + u, dn, left);
            put(products + u, dr, left);
            put(products + width + u, dz, left);
            put(products + 2 * width + u, dn * r, left);
            direct = dh * z;
        } else if (kind == CELL_LEAKY) {
            lanes s = get(gates + u, left);
            put(sums + u, (dh * step->leak) * fma_lanes(-s, s, one), left);
            direct = dh * (1.0f - step->leak);
        } else {
            lanes h = get(states + u, left);
            put(sums + u,
                kind == CELL_RELU ? select_lanes(h > 0.0f, dh, all_lanes(0))
                                  : dh * fma_lanes(-h, h, one), left);
        }
        put(carry + u, direct, left);
        put(before + u, old, left);
    }
}

static inline APUS_INLINE void return_rows(
    const cell_kind kind, const apus_recurrent_return *step
) {
    const size_t width = step->width, gates = gate_count(kind) * width;
    for (size_t row = 0; row < step->rows; row++) {
        if (step->time >= step->lengths[row]) {
            // The carries stay.
            float *sums = step->sum_gradient + row * step->sum_gradient_row;
            memset(sums, 0, gates * sizeof(float));
            if (kind == CELL_GRU) {
                float *products = step->product_gradient + row * step->sum_gradient_row;
                memset(products, 0, gates * sizeof(float));
            }
            memset(step->before + row * step->before_row, 0, width * sizeof(float));
            continue;
        }
        const int is_first =
            step->is_reversed ? step->time == step->lengths[row] - 1 : step->time == 0;
        const float *h0 = is_first ? step->initial + row * step->initial_row
                                   : step->states + row * step->states_row + step->states_before;
        const float *c0 = NULL;
        if (kind == CELL_LSTM) {
            c0 = is_first ? step->initial_cell + row * step->initial_row
                          : step->cells + row * step->cells_row + step->cells_before;
        }
        return_row(kind, step, row, h0, c0);
    }
}

static void APUS_NAME(tanh_return)(const apus_recurrent_return *step) {
    return_rows(CELL_TANH, step);
}
static void APUS_NAME(relu_return)(const apus_recurrent_return *step) {
    return_rows(CELL_RELU, step);
}
static void APUS_NAME(leaky_return)(const apus_recurrent_return *step) {
    return_rows(CELL_LEAKY, step);
}
static void APUS_NAME(lstm_return)(const apus_recurrent_return *step) {
    return_rows(CELL_LSTM, step);
}
static void APUS_NAME(gru_return)(const apus_recurrent_return *step) {
    return_rows(CELL_GRU, step);
}
