// The way forward.

typedef enum { CELL_TANH, CELL_RELU, CELL_LEAKY, CELL_LSTM, CELL_GRU } cell_kind;

static inline APUS_INLINE lanes get(const float *p, int64_t left) {
    return left >= 16 ? load_lanes(p) : load_first_lanes(p, left);
}

static inline APUS_INLINE void put(float *p, lanes v, int64_t left) {
    if (left >= 16) store_lanes(p, v); else store_first_lanes(p, v, left);
}

static inline APUS_INLINE size_t gate_count(const cell_kind kind) {
    return kind == CELL_LSTM ? 4 : kind == CELL_GRU ? 3 : 1;
}

// What gates hold for the way back.
static inline APUS_INLINE size_t kept_count(const cell_kind kind) {
    return kind == CELL_LSTM || kind == CELL_GRU ? 4 : 1;
}

// Rows lie far apart in memory, where the processor does not foresee them: each fetches the next one's gates.
static inline APUS_INLINE void fetch_gates(const cell_kind kind, const float *gates, size_t width) {
    for (size_t gate = 0; gate < kept_count(kind); gate++) {
        __builtin_prefetch(gates + gate * width);
    }
}

// A row's step: `h` and `c` move on, `gates` are replaced by what the way back reads.
static inline APUS_INLINE void step_row(
    const cell_kind kind, const apus_recurrent_step *step, const float *product, float *gates,
    float *h, float *c, float *states, float *cells
) {
    const size_t width = step->width;
    for (size_t u = 0; u < width; u += 16) {
        const int64_t left = (int64_t)(width - u);
        float *gate = gates + u;
        const float *sum = product + u;
        fetch_gates(kind, gate + step->gates_row, width);
        lanes old = get(h + u, left), new;
        if (kind == CELL_LSTM) {
            lanes i = sigmoid_lanes(get(gate, left) + get(sum, left));
            lanes f = sigmoid_lanes(get(gate + width, left) + get(sum + width, left));
            lanes g = tanh_lanes(get(gate + 2 * width, left) + get(sum + 2 * width, left));
            lanes o = sigmoid_lanes(get(gate + 3 * width, left) + get(sum + 3 * width, left));
            lanes cell = fma_lanes(f, get(c + u, left), i * g);
            new = o * tanh_lanes(cell);
            put(gate, i, left);
            put(gate + width, f, left);
            put(gate + 2 * width, g, left);
            put(gate + 3 * width, o, left);
            put(c + u, cell, left);
            put(cells + u, cell, left);
        } else if (kind == CELL_GRU) {
            const float *bias = step->bias;
            lanes pr = get(sum, left), pz = get(sum + width, left), pn = get(sum + 2 * width, left);
            if (bias) {
                pr += get(bias + u, left);
                pz += get(bias + width + u, left);
                pn += get(bias + 2 * width + u, left);
            }
            lanes r = sigmoid_lanes(get(gate, left) + pr);
            lanes z = sigmoid_lanes(get(gate + width, left) + pz);
            lanes n = tanh_lanes(fma_lanes(r, pn, get(gate + 2 * width, left)));
            new = fma_lanes(z, old - n, n);
            put(gate, r, left);
            put(gate + width, z, left);
            put(gate + 2 * width, n, left);
            put(gate + 3 * width, pn, left);
        } else {
            lanes s = get(gate, left) + get(sum, left);
            if (kind == CELL_RELU) {
                new = select_lanes(s < 0.0f, all_lanes(0), s);
            } else {
                new = tanh_lanes(s);
            }
            if (kind == CELL_LEAKY) {
                put(gate, new, left);
                new = fma_lanes(all_lanes(step->leak), new - old, old);
            }
        }
        put(h + u, new, left);
        put(states + u, new, left);
    }
}

static inline APUS_INLINE void step_rows(const cell_kind kind, const apus_recurrent_step *step) {
    const size_t width = step->width;
    for (size_t row = 0; row < step->rows; row++) {
        float *gates = step->gates + row * step->gates_row;
        float *states = step->states + row * step->states_row;
        float *cells = kind == CELL_LSTM ? step->cells + row * step->cells_row : NULL;
        if (step->time >= step->lengths[row]) {
            memset(gates, 0, kept_count(kind) * width * sizeof(float));
            memset(states, 0, width * sizeof(float));
            if (kind == CELL_LSTM) memset(cells, 0, width * sizeof(float));
            continue;
        }
        step_row(
            kind, step, step->product + row * gate_count(kind) * width, gates,
            step->hidden + row * step->hidden_row,
            kind == CELL_LSTM ? step->cell + row * step->hidden_row : NULL, states, cells);
    }
}

static void APUS_NAME(tanh_step)(const apus_recurrent_step *step) { step_rows(CELL_TANH, step); }
static void APUS_NAME(relu_step)(const apus_recurrent_step *step) { step_rows(CELL_RELU, step); }
static void APUS_NAME(leaky_step)(const apus_recurrent_step *step) { step_rows(CELL_LEAKY, step); }
static void APUS_NAME(lstm_step)(const apus_recurrent_step *step) { step_rows(CELL_LSTM, step); }
static void APUS_NAME(gru_step)(const apus_recurrent_step *step) { step_rows(CELL_GRU, step); }
