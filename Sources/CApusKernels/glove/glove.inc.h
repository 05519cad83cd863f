// Steps of AdaGrad for pairs of words, as apus_glove.h defines them.

// The lanes of the last vector of a row that belong to the vector proper, and the lane of the bias.
typedef struct {
    lanes inner, bias;
} glove_masks;

static inline APUS_INLINE glove_masks glove_masks_of(int64_t inner) {
    glove_masks masks = {all_lanes(0), all_lanes(0)};
    for (int64_t lane = 0; lane < inner; lane += 1) masks.inner[lane] = 1;
    masks.bias[inner] = 1;
    return masks;
}

// x −= step / √G, G += step².
static inline APUS_INLINE void glove_step(float *x, float *squares, lanes step) {
    lanes sum = load_lanes(squares);
    store_lanes(x, load_lanes(x) - step / __builtin_elementwise_sqrt(sum));
    store_lanes(squares, fma_lanes(step, step, sum));
}

static inline APUS_INLINE void glove_prefetch(const float *row, int64_t count) {
    for (int64_t i = 0; i < count; i += 16) __builtin_prefetch(row + i, 1);
}

static double APUS_NAME(glove_train)(
    const apus_glove_tables *tables, const apus_glove_pair *pairs, int64_t count) {
    const int64_t width = tables->width, last = width - 16;
    const glove_masks masks = glove_masks_of(tables->dimension - last);
    double loss = 0;
    for (int64_t k = 0; k < count; k += 1) {
        // The pairs come in no order of rows: what is needed soon is asked for now.
        if (k + 3 < count) {
            glove_prefetch(tables->words + 2 * width * (int64_t)pairs[k + 3].word, 2 * width);
            glove_prefetch(tables->contexts + 2 * width * (int64_t)pairs[k + 3].context, 2 * width);
        }
        float *w = tables->words + 2 * width * (int64_t)pairs[k].word;
        float *c = tables->contexts + 2 * width * (int64_t)pairs[k].context;
        lanes sum = all_lanes(0);
        for (int64_t i = 0; i < last; i += 16) {
            sum = fma_lanes(load_lanes(w + i), load_lanes(c + i), sum);
        }
        sum = fma_lanes(load_lanes(w + last) * masks.inner, load_lanes(c + last), sum);
        float error = sum_of_lanes(sum) + w[tables->dimension] + c[tables->dimension]
            - pairs[k].logarithm;
        float scaled = pairs[k].weight * error;
        if (!(scaled - scaled == 0)) continue;
        loss += 0.5 * (double)scaled * (double)error;
        lanes g = all_lanes(tables->rate * scaled);
        for (int64_t i = 0; i < last; i += 16) {
            lanes forWord = g * load_lanes(c + i), forContext = g * load_lanes(w + i);
            glove_step(w + i, w + width + i, forWord);
            glove_step(c + i, c + width + i, forContext);
        }
        lanes forWord = g * (load_lanes(c + last) * masks.inner + masks.bias);
        lanes forContext = g * (load_lanes(w + last) * masks.inner + masks.bias);
        glove_step(w + last, w + width + last, forWord);
        glove_step(c + last, c + width + last, forContext);
    }
    return loss;
}

const apus_glove_kernels APUS_NAME(apus_glove) = {
    .train = APUS_NAME(glove_train),
};
