// Softmax, log-softmax, their gradients, and the cross-entropies fused with them.

// exp(x − shift) into `result` unless null, its sum in the order of all sums. With targets t also Σ
// t and Σ t·(x − shift).
typedef struct {
    float exponentials, targets, products;
} apus_row_sums;

static inline APUS_INLINE apus_row_sums APUS_NAME(exponentials)(
    const float *x, const float *targets, float shift, int64_t n, float *result) {
    apus_row_sums total = {0, 0, 0};
    for (int64_t start = 0; start < n; start += APUS_SUM_CHUNK) {
        int64_t end = n - start < APUS_SUM_CHUNK ? n : start + APUS_SUM_CHUNK;
        lanes sum = all_lanes(0), mass = all_lanes(0), product = all_lanes(0);
        int64_t i = start;
        for (; i + 16 <= end; i += 16) {
            lanes shifted = load_lanes(x + i) - shift;
            lanes e = exp_lanes(shifted);
            sum += e;
            if (targets) {
                lanes t = load_lanes(targets + i);
                mass += t;
                product = fma_lanes(t, shifted, product);
            }
            if (result) store_lanes(result + i, e);
        }
        if (i < end) {
            lanes shifted = load_first_lanes(x + i, end - i) - shift;
            // Behind the row there are zeros in the sum, not exp(0 − shift).
            lanes e = select_lanes(
                APUS_NAME(first_mask)(end - i), exp_lanes(shifted), all_lanes(0));
            sum += e;
            if (targets) {
                lanes t = load_first_lanes(targets + i, end - i);
                mass += t;
                shifted = select_lanes(APUS_NAME(first_mask)(end - i), shifted, all_lanes(0));
                product = fma_lanes(t, shifted, product);
            }
            if (result) store_first_lanes(result + i, e, end - i);
        }
        total.exponentials += sum_of_lanes(sum);
        if (targets) {
            total.targets += sum_of_lanes(mass);
            total.products += sum_of_lanes(product);
        }
    }
    return total;
}

static void APUS_NAME(softmax)(const float *x, int64_t rows, int64_t n, float *result) {
    for (int64_t row = 0; row < rows; row += 1, x += n, result += n) {
        float shift = APUS_NAME(maximum)(x, n);
        float sum = APUS_NAME(exponentials)(x, 0, shift, n, result).exponentials;
        APUS_NAME(scale)(1.0f / sum, result, n, result);
    }
}

static void APUS_NAME(log_softmax)(const float *x, int64_t rows, int64_t n, float *result) {
    for (int64_t row = 0; row < rows; row += 1, x += n, result += n) {
        float shift = APUS_NAME(maximum)(x, n);
        float sum = APUS_NAME(exponentials)(x, 0, shift, n, 0).exponentials;
        float logarithm = log_single(all_single(sum))[0];
        APUS_EACH_16(n,
            store_left(result + i, (load_left(x + i, left) - shift) - logarithm, left))
    }
}

static void APUS_NAME(softmax_gradient)(
    const float *y, const float *gradient, int64_t rows, int64_t n, float *result) {
    for (int64_t row = 0; row < rows; row += 1, y += n, gradient += n, result += n) {
        float dot = APUS_NAME(dot)(gradient, y, n);
        APUS_EACH_16(n,
            lanes difference = load_left(gradient + i, left) - dot;
            store_left(result + i, load_left(y + i, left) * difference, left))
    }
}

static void APUS_NAME(log_softmax_gradient)(
    const float *y, const float *gradient, int64_t rows, int64_t n, float *result) {
    for (int64_t row = 0; row < rows; row += 1, y += n, gradient += n, result += n) {
        lanes sum = all_lanes(-APUS_NAME(sum)(gradient, n));
        APUS_EACH_16(n,
            lanes probability = exp_lanes(load_left(y + i, left));
            store_left(
                result + i, fma_lanes(probability, sum, load_left(gradient + i, left)), left))
    }
}

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
