// Random numbers, embeddings, optimizers.
#include "digest.h"

static const size_t sizes[] = {0, 1, 2, 7, 16, 17, 63, 257, 1030};
enum { SIZES = sizeof sizes / sizeof *sizes };

int random_digests(void) {
    const apus_random_kernels *k = apus_random_kernels_for(isa);
    const uint64_t key = 0x0123456789abcdef, far = ((uint64_t)1 << 34) - 30;
    FAMILY(random);
#define EACH_PLACE \
    for (size_t at = 0; at < 4 * SIZES; at++, release())
#define PLACE (at % 4 == 3 ? far : 2 * (at % 4))
#define FILL(field, ...) \
    KERNEL(random, field); \
    EACH_PLACE { \
        float *result = result_of(sizes[at / 4]); \
        k->field(result, key, PLACE + (at % 2), sizes[at / 4], __VA_ARGS__); \
        add_result(result, sizes[at / 4]); \
    }
    FILL(uniform, -3, 5)
    FILL(normal, 1, 2)
    FILL(mask, 0.3f, 1.5f)
    KERNEL(random, words);
    EACH_PLACE {
        int32_t *result = integers(sizes[at / 4], 9);
        k->words((uint32_t *)result, key, PLACE + (at % 2), sizes[at / 4]);
        add_integers(result, sizes[at / 4] + MARGIN);
    }
    KERNEL(random, dropout);
    EACH_PLACE {
        size_t n = sizes[at / 4];
        float *result = result_of(n), *summand = at % 2 ? edge_numbers(n, 2) : NULL;
        k->dropout(result, edge_numbers(n, 2), summand, key, PLACE, n, 20000, 1.4f);
        add_result(result, n);
    }
    return end_family();
}

enum { BAGS = 9, TABLE = 20 };

int embedding_digests(void) {
    static const int32_t offsets[BAGS + 1] = {0, 3, 3, 4, 9, 11, 12, 20, 27, 30};
    static const size_t widths[] = {1, 3, 16, 20, 64, 100, 130};
    const apus_embedding_kernels *k = apus_embedding_kernels_for(isa);
    FAMILY(embedding);
    KERNEL(embedding, bags);
    for (size_t at = 0; at < 4 * sizeof widths / sizeof *widths; at++, release()) {
        const size_t width = widths[at / 4];
        float *result = result_of(BAGS * width);
        float *table = any_numbers(TABLE * width, 2, at % 2);
        k->bags(
            result, table, width, integers(30, TABLE), offsets, at % 4 < 2 ? numbers(30, 1) : NULL,
            at % 3, BAGS, at % 3 ? APUS_BAG_MEAN : APUS_BAG_SUM);
        add_result(result, BAGS * width);
    }
    for (size_t width = 1; width < 40; width += 18, release()) {
        // A bag longer than a sum of floats may be.
        const int32_t whole[] = {0, 5000};
        float *result = result_of(width);
        k->bags(
            result, numbers(TABLE * width, 2), width, integers(5000, TABLE), whole, NULL, 0, 1,
            APUS_BAG_SUM);
        add_result(result, width);
    }
    KERNEL(embedding, gather);
    for (size_t at = 0; at < sizeof widths / sizeof *widths; at++, release()) {
        const size_t width = widths[at];
        float *result = result_of(30 * width);
        k->gather(result, edge_numbers(TABLE * width, 2), width, integers(30, TABLE), 30);
        add_result(result, 30 * width);
    }
    KERNEL(embedding, check_ids);
    for (size_t at = 0; at < 60; at++, release()) {
        int32_t *ids = integers(60, TABLE);
        if (at > 0) ids[at] = at % 2 ? -1 : TABLE;
        int32_t place = (int32_t)k->check_ids(ids, 60, TABLE);
        add_integers(&place, 1);
    }
    return end_family();
}

static apus_optimizer_rule rule_of(apus_optimizer_kind kind, int second) {
    apus_optimizer_rule rule = {.kind = kind};
    const float decay = second ? 0.01f : 0;
    switch (kind) {
    case APUS_SGD:
    case APUS_SGD_WITH_VELOCITY:
        rule.sgd = (apus_sgd_rule){0.1f, 0.9f, decay, second};
        break;
    case APUS_AVERAGED_SGD:
        rule.averaged_sgd = (apus_averaged_sgd_rule){0.1f, decay, 3};
        break;
    case APUS_ADAGRAD:
        rule.adagrad = (apus_adagrad_rule){0.1f, decay, 1e-10f};
        break;
    case APUS_ADADELTA:
        rule.adadelta = (apus_adadelta_rule){1, decay, 1e-6f, 0.9f, 0.1f};
        break;
    case APUS_RMSPROP:
    case APUS_RMSPROP_WITH_VELOCITY:
    case APUS_RMSPROP_CENTERED:
    case APUS_RMSPROP_CENTERED_WITH_VELOCITY:
        rule.rmsprop = (apus_rmsprop_rule){0.01f, decay, 1e-8f, 0.9f, 0.99f, 0.01f};
        break;
    case APUS_ADAM:
    case APUS_ADAM_WITHOUT_MEAN:
    case APUS_AMSGRAD:
    case APUS_NADAM:
        rule.adam = (apus_adam_rule){
            0.01f, 1.7f, 1e-8f, 0.1f, 0.999f, 0.001f, decay, second ? 0.99f : 1, 0.8f, 0.2f};
        break;
    case APUS_LION:
        rule.lion = (apus_lion_rule){0.01f, 0.1f, 0.01f, second ? 0.99f : 1};
        break;
    case APUS_AVERAGE:
        rule.average = (apus_average_rule){0.1f};
        break;
    case APUS_ADAFACTOR:
        rule.adafactor = (apus_adafactor_rule){0.01f, 0.9f, 0.1f, 1e-30f, 1e-3f, 1, 1 - decay};
        break;
    }
    return rule;
}

enum { WIDTH = 21, HEIGHT = 13, ALL = WIDTH * HEIGHT };

// Squares are not negative; every state is one.
static apus_optimizer_memory memory_of(int edges) {
    static float scale = 0.7f;
    apus_optimizer_memory memory = {
        .parameter_out = result_of(ALL), .parameter = any_numbers(ALL, 2, edges),
        .gradient = any_numbers(ALL, 1, edges), .gradient_scale = edges ? &scale : NULL,
    };
    for (int i = 0; i < 3; i++) {
        memory.state[i] = any_numbers(ALL, 1, edges);
        for (int j = 0; j < ALL; j++) {
            if (memory.state[i][j] < 0) memory.state[i][j] = -memory.state[i][j];
        }
    }
    return memory;
}

static void add_memory(const apus_optimizer_memory *memory) {
    add_result(memory->parameter_out, ALL);
    for (int i = 0; i < 3; i++) add_result(memory->state[i], ALL);
}

int optimizer_digests(void) {
    static const int32_t rows[] = {1, 2, 5, 9, 12};
    const apus_optimizer_kernels *k = apus_optimizer_kernels_for(isa);
    FAMILY(optimizer);
#define EACH_KIND \
    for (int kind = APUS_SGD; kind < APUS_ADAFACTOR; kind++) \
        for (int edges = 0; edges < 2; edges++, release())
    KERNEL(optimizer, step);
    EACH_KIND {
        apus_optimizer_memory memory = memory_of(edges);
        apus_optimizer_rule rule = rule_of((apus_optimizer_kind)kind, edges);
        k->step(&memory, 3, ALL, &rule);
        add_memory(&memory);
    }
    KERNEL(optimizer, step_rows);
    EACH_KIND {
        apus_optimizer_memory memory = memory_of(edges);
        apus_optimizer_rule rule = rule_of((apus_optimizer_kind)kind, edges);
        k->step_rows(&memory, rows, WIDTH, (size_t)edges, 5, &rule);
        add_memory(&memory);
    }
    const apus_optimizer_rule rule = rule_of(APUS_ADAFACTOR, 1);
#define EACH_FORM \
    for (int form = 0; form < 4; form++, release())
    KERNEL(optimizer, adafactor_squares);
    EACH_FORM {
        apus_optimizer_memory memory = memory_of(form % 2);
        double *sums = (double *)result_of(2 * WIDTH);
        memset(sums, 0, 8 * WIDTH);
        if (form < 2) {
            k->adafactor_squares(&memory, WIDTH, 0, HEIGHT, sums, &rule);
        } else {
            k->adafactor_squares(&memory, 1, 2, ALL, NULL, &rule);
        }
        add_memory(&memory);
        add_doubles(sums, WIDTH);
    }
    KERNEL(optimizer, adafactor_norms);
    EACH_FORM {
        apus_optimizer_memory memory = memory_of(form % 2);
        double sums[2] = {0};
        float *factors = numbers(HEIGHT, 1), *columns = numbers(WIDTH, 1);
        if (form < 2) {
            k->adafactor_norms(&memory, WIDTH, 1, HEIGHT, factors, columns, sums);
        } else {
            k->adafactor_norms(&memory, 1, 2, ALL, NULL, NULL, sums);
        }
        add_doubles(sums, 2);
    }
    KERNEL(optimizer, adafactor_step);
    EACH_FORM {
        apus_optimizer_memory memory = memory_of(form % 2);
        float *factors = numbers(HEIGHT, 1), *columns = numbers(WIDTH, 1);
        if (form < 2) {
            k->adafactor_step(&memory, WIDTH, 1, HEIGHT, factors, columns, 0.1f, 0.99f);
        } else {
            k->adafactor_step(&memory, 1, 2, ALL, NULL, NULL, 0.1f, 0.99f);
        }
        add_memory(&memory);
    }
    KERNEL(optimizer, squared_norm);
    for (size_t at = 0; at < 2 * SIZES; at++, release()) {
        size_t n = 9 * sizes[at / 2];
        double sum = k->squared_norm(any_numbers(n, 3, at % 2), n);
        add_doubles(&sum, 1);
    }
    KERNEL(optimizer, limit_row_norms);
    EACH_FORM {
        float *table = any_numbers(ALL, 2, form % 2);
        k->limit_row_norms(table, form < 2 ? rows : NULL, WIDTH, 1, form < 2 ? 5 : HEIGHT, 1.5f);
        add_result(table, ALL);
    }
    return end_family();
}
