// Softmax, log-softmax and their gradients.

// exp(x − shift) into `result` unless null, its sum in the order of all sums. With targets t also Σ
// t and Σ t·(x − shift).
typedef struct {
    float exponentials, targets, products;
} apus_row_sums;

static inline APUS_INLINE apus_row_sums APUS_NAME(exponentials)(
    const float *x, const float *targets, float shift, int64_t n, float *result) {
    const int64_t piece = APUS_SUM_PIECE(n);
    double exponentials = 0, masses = 0, products = 0;
    for (int64_t start = 0; start < n; start += piece) {
        int64_t end = n - start < piece ? n : start + piece;
        lanes sum = all_lanes(0), mass = all_lanes(0), product = all_lanes(0);
        int64_t i = start;
        for (; i + 16 <= end; i += 16) {
            lanes shifted = load_lanes(x + i) - shift;
            lanes e = exp_lanes(shifted);
            sum += e;
            if (targets) {
                // What has no share may be infinitely far below: 0 · ∞ would be no number.
                lanes t = load_lanes(targets + i);
                mass += t;
                product = fma_lanes(t, select_lanes(t == 0.0f, all_lanes(0), shifted), product);
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
                shifted = select_lanes(t == 0.0f, all_lanes(0), shifted);
                product = fma_lanes(t, shifted, product);
            }
            if (result) store_first_lanes(result + i, e, end - i);
        }
        exponentials += sum_of_lanes(sum);
        if (targets) {
            masses += sum_of_lanes(mass);
            products += sum_of_lanes(product);
        }
    }
    return (apus_row_sums){(float)exponentials, (float)masses, (float)products};
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
