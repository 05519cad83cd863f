// The cross-entropies, fused with the softmax and with their gradients.

static void APUS_NAME(softmax_cross_entropy)(
    const float *logits, const int32_t *labels, const float *rowScale, int64_t rows,
    int64_t classes, float *loss, float *gradient, float *probabilities) {
    for (int64_t row = 0; row < rows; row += 1) {
        const float *x = logits + row * classes;
        float *g = gradient ? gradient + row * classes : 0;
        float *p = probabilities ? probabilities + row * classes : 0;
        int32_t label = labels[row];
        int counts = label >= 0 && label < classes;
        float shift = APUS_NAME(maximum)(x, classes);
        float chosen = counts ? x[label] - shift : 0;
        float *e = p ? p : g;
        float sum = APUS_NAME(exponentials)(x, 0, shift, classes, e).exponentials;
        loss[row] = counts ? log_single(all_single(sum))[0] - chosen : 0;
        float inverse = 1.0f / sum;
        if (p) APUS_NAME(scale)(inverse, p, classes, p);
        if (!g) continue;
        if (!counts) {
            memset(g, 0, (size_t)classes * sizeof(float));
            continue;
        }
        float scale = rowScale ? rowScale[row] : 1.0f;
        float factor = p ? 1.0f : inverse;  // p is scaled already, and times 1 keeps its bits
        float most = (e[label] * factor - 1.0f) * scale;
        APUS_EACH_16(classes,
            store_left(g + i, (load_left(e + i, left) * factor) * scale, left))
        g[label] = most;
    }
}

static void APUS_NAME(soft_cross_entropy)(
    const float *logits, const float *targets, const float *rowScale, int64_t rows,
    int64_t classes, float *loss, float *gradient, float *probabilities) {
    for (int64_t row = 0; row < rows; row += 1) {
        const float *x = logits + row * classes, *t = targets + row * classes;
        float *g = gradient ? gradient + row * classes : 0;
        float *p = probabilities ? probabilities + row * classes : 0;
        float shift = APUS_NAME(maximum)(x, classes);
        float *e = p ? p : g;
        apus_row_sums sums = APUS_NAME(exponentials)(x, t, shift, classes, e);
        // −Σ t·(x − shift − log sum)
        lanes logarithm = all_lanes(log_single(all_single(sums.exponentials))[0]);
        loss[row] =
            fma_lanes(all_lanes(sums.targets), logarithm, all_lanes(-sums.products))[0];
        float inverse = 1.0f / sums.exponentials;
        if (p) APUS_NAME(scale)(inverse, p, classes, p);
        if (!g) continue;
        float scale = rowScale ? rowScale[row] : 1.0f;
        float factor = p ? 1.0f : inverse;
        APUS_EACH_16(classes,
            lanes expected = (load_left(e + i, left) * factor) * sums.targets;
            store_left(g + i, (expected - load_left(t + i, left)) * scale, left))
    }
}

static void APUS_NAME(binary_cross_entropy)(
    const float *logits, const float *targets, float scale, int64_t n, float *loss,
    float *gradient) {
    APUS_EACH_16(n,
        lanes x = load_left(logits + i, left);
        lanes y = load_left(targets + i, left);
        lanes e = exp_lanes(-absolute_lanes(x));
        lanes positive = select_lanes(x < 0.0f, all_lanes(0), x);
        store_left(loss + i, fma_lanes(-x, y, positive) + log1p_lanes(e), left);
        if (gradient) store_left(gradient + i, (sigmoid_given_lanes(x, e) - y) * scale, left))
}

// Σ (x − shift), without the cancellation of Σ x − n·shift.
static inline APUS_INLINE float APUS_NAME(shifted_sum)(const float *x, float shift, int64_t n) {
    const int64_t piece = APUS_SUM_PIECE(n);
    double total = 0;
    for (int64_t start = 0; start < n; start += piece) {
        int64_t end = n - start < piece ? n : start + piece;
        lanes sum = all_lanes(0);
        int64_t i = start;
        for (; i + 16 <= end; i += 16) sum += load_lanes(x + i) - shift;
        if (i < end) {
            lanes shifted = load_first_lanes(x + i, end - i) - shift;
            sum += select_lanes(APUS_NAME(first_mask)(end - i), shifted, all_lanes(0));
        }
        total += sum_of_lanes(sum);
    }
    return (float)total;
}

static void APUS_NAME(smoothed_cross_entropy)(
    const float *logits, const int32_t *labels, const float *weights, float smoothing,
    const float *rowScale, int64_t rows, int64_t classes, float *loss, float *gradient) {
    float share = smoothing / (float)classes;
    float spread = weights ? APUS_NAME(sum)(weights, classes) : (float)classes;
    for (int64_t row = 0; row < rows; row += 1) {
        const float *x = logits + row * classes;
        float *g = gradient ? gradient + row * classes : 0;
        int32_t label = labels[row];
        if (label < 0 || label >= classes) {
            loss[row] = 0;
            if (g) memset(g, 0, (size_t)classes * sizeof(float));
            continue;
        }
        float shift = APUS_NAME(maximum)(x, classes);
        apus_row_sums sums = APUS_NAME(exponentials)(x, weights, shift, classes, g);
        float product = weights ? sums.products : APUS_NAME(shifted_sum)(x, shift, classes);
        float most = (1.0f - smoothing) * (weights ? weights[label] : 1.0f);
        float mass = most + share * spread;
        float logarithm = log_single(all_single(sums.exponentials))[0];
        loss[row] = (mass * logarithm - most * (x[label] - shift)) - share * product;
        if (!g) continue;
        float factor = (1.0f / sums.exponentials) * mass;
        float scale = rowScale[row];
        float right = g[label] * factor - share * (weights ? weights[label] : 1.0f);
        if (weights) {
            APUS_EACH_16(classes,
                lanes part = load_left(weights + i, left) * share;
                store_left(g + i, (load_left(g + i, left) * factor - part) * scale, left))
        } else {
            APUS_EACH_16(classes,
                store_left(g + i, (load_left(g + i, left) * factor - share) * scale, left))
        }
        g[label] = (right - most) * scale;
    }
}

static void APUS_NAME(row_exponentials)(
    float *x, int64_t rows, int64_t n, const float *weights, float *maxima, float *sums,
    float *products) {
    for (int64_t row = 0; row < rows; row += 1, x += n) {
        float shift = APUS_NAME(maximum)(x, n);
        apus_row_sums found = APUS_NAME(exponentials)(x, weights, shift, n, x);
        maxima[row] = shift;
        sums[row] = found.exponentials;
        if (weights) products[row] = found.products;
    }
}

static void APUS_NAME(scale_rows)(
    const float *x, int64_t rows, int64_t n, const float *factors, const float *shares,
    const float *weights, float *result, int64_t stride) {
    for (int64_t row = 0; row < rows; row += 1, x += n, result += stride) {
        float factor = factors[row];
        if (weights) {
            float share = shares[row];
            APUS_EACH_16(n,
                lanes part = load_left(weights + i, left) * share;
                store_left(result + i, load_left(x + i, left) * factor - part, left))
        } else {
            APUS_EACH_16(n, store_left(result + i, load_left(x + i, left) * factor, left))
        }
    }
}
