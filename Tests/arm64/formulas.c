// The elementary functions and the pointwise programs.
#include "digest.h"

enum { COUNT = 1003 };

// The functions of one number choose their instruction set by themselves.
void math_digests(void) {
#define OF_ONE(name) {#name, apus_##name##_f32}
    static const struct {
        const char *name;
        float (*function)(float);
    } functions[] = {
        OF_ONE(exp), OF_ONE(expm1), OF_ONE(log), OF_ONE(log1p), OF_ONE(tanh), OF_ONE(sigmoid),
        OF_ONE(softplus), OF_ONE(erf), OF_ONE(sin), OF_ONE(cos), OF_ONE(gelu), OF_ONE(gelu_slope),
    };
    begin_family("math", 0);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        begin_kernel(functions[i].name, 8 * i);
        for (int round = 0; round < 20; round++, release()) {
            float *x = any_numbers(COUNT, round < 10 ? 4 : 90, round % 2);
            for (int j = 0; j < COUNT; j++) x[j] = functions[i].function(x[j]);
            add_floats(x, COUNT);
        }
    }
    begin_kernel("power", 8 * 20);
    for (int round = 0; round < 20; round++, release()) {
        float *x = any_numbers(COUNT, 4, round % 2), *y = any_numbers(COUNT, 9, round % 3 == 0);
        for (int j = 0; j < COUNT; j++) x[j] = apus_power_f32(x[j], y[j]);
        add_floats(x, COUNT);
    }
    end_family();
}

// A program of one instruction for each operation, over every layout.
int pointwise_digests(void) {
    const apus_pointwise_kernels *k = apus_pointwise_kernels_for(isa);
    FAMILY(pointwise);
    KERNEL(pointwise, run);
    for (uint16_t op = 0; op < APUS_OP_COUNT; op++) {
        for (int round = 0; round < 8; round++, release()) {
            size_t count = round == 7 ? 17 : COUNT;
            float range = round < 4 ? 3 : 100;
            float *a = any_numbers(count, range, round % 2), *b = any_numbers(count, 3, round % 2);
            uint8_t *c = (uint8_t *)integers(count, 2);
            for (size_t i = 0; i < count; i++) c[i] = (uint8_t)draw(2);
            const void *inputs[] = {a, b, c};
            uint8_t layouts[] = {
                round == 5 ? APUS_LAYOUT_FLOAT : APUS_LAYOUT_FLOATS,
                round == 6 ? APUS_LAYOUT_FLOAT : APUS_LAYOUT_FLOATS,
                round == 4 ? APUS_LAYOUT_BOOL : APUS_LAYOUT_BOOLS,
            };
            apus_instruction program[] = {
                {.op = op, .a = 0, .b = 1, .c = 2, .value = 0.7},
                {.op = APUS_OP_FMA, .a = 3, .b = 1, .c = 0},
            };
            float *first = result_of(count), *second = result_of(count);
            uint8_t *truths = (uint8_t *)result_of(count);
            void *outputs[] = {first, second, truths};
            uint8_t registers[] = {3, 4, 3};
            uint8_t kinds[] = {APUS_LAYOUT_FLOATS, APUS_LAYOUT_FLOATS, APUS_LAYOUT_BOOLS};
            k->run(
                program, 2, inputs, layouts, 3, registers, outputs, kinds, 3, (int64_t)count);
            add_result(first, count);
            add_result(second, count);
            add_bytes(truths, count + 4);
        }
    }
    return end_family();
}
