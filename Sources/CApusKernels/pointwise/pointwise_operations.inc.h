// One loop per operation over registers; the table `loops` finds them by op.

// Where a register's elements lie. Step 1: one after the other. Step 0: 16 equal ones.
typedef struct {
    const float *elements;
    int64_t step;
} apus_register;

static inline APUS_INLINE lanes APUS_NAME(load)(apus_register r, int64_t i) {
    return load_lanes(r.elements + i * r.step);
}
static inline APUS_INLINE lanes APUS_NAME(load_first)(apus_register r, int64_t i, int64_t count) {
    return r.step ? load_first_lanes(r.elements + i, count) : load_lanes(r.elements);
}

#define APUS_LOADS_1(LOAD, ...) lanes a = LOAD(ra, __VA_ARGS__);
#define APUS_LOADS_2(LOAD, ...) APUS_LOADS_1(LOAD, __VA_ARGS__) lanes b = LOAD(rb, __VA_ARGS__);
#define APUS_LOADS_3(LOAD, ...) APUS_LOADS_2(LOAD, __VA_ARGS__) lanes c = LOAD(rc, __VA_ARGS__);
#define APUS_REGISTERS_1 apus_register ra = registers[instruction->a];
#define APUS_REGISTERS_2 APUS_REGISTERS_1 apus_register rb = registers[instruction->b];
#define APUS_REGISTERS_3 APUS_REGISTERS_2 apus_register rc = registers[instruction->c];

// The tail is computed in the same lanes, with zeros behind the end.
#define APUS_LOOP(NAME, OPERANDS, FORMULA) \
    static void APUS_NAME(loop_##NAME)( \
        float *result, const apus_register *registers, const apus_instruction *instruction, \
        int64_t count) { \
        APUS_REGISTERS_##OPERANDS \
        int64_t i = 0; \
        for (; i + 16 <= count; i += 16) { \
            APUS_LOADS_##OPERANDS(APUS_NAME(load), i) \
            store_lanes(result + i, FORMULA); \
        } \
        if (i < count) { \
            APUS_LOADS_##OPERANDS(APUS_NAME(load_first), i, count - i) \
            store_first_lanes(result + i, FORMULA, count - i); \
        } \
    }

// 1 where the mask is set, else 0.
static inline APUS_INLINE lanes APUS_NAME(truth)(ilanes mask) {
    return (lanes)(mask & (ilanes)all_lanes(1.0f));
}

APUS_LOOP(add, 2, a + b)
APUS_LOOP(subtract, 2, a - b)
APUS_LOOP(multiply, 2, a * b)
APUS_LOOP(divide, 2, a / b)
APUS_LOOP(fma, 3, fma_lanes(a, b, c))
APUS_LOOP(negate, 1, -a)
APUS_LOOP(absolute, 1, absolute_lanes(a))
APUS_LOOP(minimum, 2, minimum_lanes(a, b))
APUS_LOOP(maximum, 2, maximum_lanes(a, b))
APUS_LOOP(square_root, 1, __builtin_elementwise_sqrt(a))
APUS_LOOP(floor, 1, __builtin_elementwise_floor(a))
APUS_LOOP(exp, 1, exp_lanes(a))
APUS_LOOP(log, 1, log_lanes(a))
APUS_LOOP(log1p, 1, log1p_lanes(a))
APUS_LOOP(expm1, 1, expm1_lanes(a))
APUS_LOOP(tanh, 1, tanh_lanes(a))
APUS_LOOP(erf, 1, erf_lanes(a))
APUS_LOOP(sigmoid, 1, sigmoid_lanes(a))
APUS_LOOP(softplus, 1, softplus_lanes(a))
APUS_LOOP(sin, 1, sin_lanes(a))
APUS_LOOP(cos, 1, cos_lanes(a))
APUS_LOOP(gelu, 1, gelu_lanes(a))
APUS_LOOP(gelu_slope, 1, gelu_slope_lanes(a))
APUS_LOOP(power, 2, power_lanes(a, b))
APUS_LOOP(sign, 1,
    select_lanes(a != a, a, APUS_NAME(truth)(a > 0.0f) - APUS_NAME(truth)(a < 0.0f)))
APUS_LOOP(equal, 2, APUS_NAME(truth)(a == b))
APUS_LOOP(not_equal, 2, APUS_NAME(truth)(a != b))
APUS_LOOP(less, 2, APUS_NAME(truth)(a < b))
APUS_LOOP(less_equal, 2, APUS_NAME(truth)(a <= b))
APUS_LOOP(greater, 2, APUS_NAME(truth)(a > b))
APUS_LOOP(greater_equal, 2, APUS_NAME(truth)(a >= b))
APUS_LOOP(select, 3, select_lanes(a != 0.0f, b, c))
APUS_LOOP(and, 2, APUS_NAME(truth)((a != 0.0f) & (b != 0.0f)))
APUS_LOOP(or, 2, APUS_NAME(truth)((a != 0.0f) | (b != 0.0f)))
APUS_LOOP(not, 1, APUS_NAME(truth)(a == 0.0f))
APUS_LOOP(is_finite, 1, APUS_NAME(truth)(absolute_lanes(a) < __builtin_inff()))

typedef void (*apus_loop)(float *, const apus_register *, const apus_instruction *, int64_t);

#define APUS_ENTRY(OP, NAME) [APUS_OP_##OP] = APUS_NAME(loop_##NAME)
static const apus_loop APUS_NAME(loops)[APUS_OP_COUNT] = {
    APUS_ENTRY(ADD, add),
    APUS_ENTRY(SUBTRACT, subtract),
    APUS_ENTRY(MULTIPLY, multiply),
    APUS_ENTRY(DIVIDE, divide),
    APUS_ENTRY(FMA, fma),
    APUS_ENTRY(NEGATE, negate),
    APUS_ENTRY(ABSOLUTE, absolute),
    APUS_ENTRY(MINIMUM, minimum),
    APUS_ENTRY(MAXIMUM, maximum),
    APUS_ENTRY(SQUARE_ROOT, square_root),
    APUS_ENTRY(FLOOR, floor),
    APUS_ENTRY(EXP, exp),
    APUS_ENTRY(LOG, log),
    APUS_ENTRY(LOG1P, log1p),
    APUS_ENTRY(EXPM1, expm1),
    APUS_ENTRY(TANH, tanh),
    APUS_ENTRY(ERF, erf),
    APUS_ENTRY(SIGMOID, sigmoid),
    APUS_ENTRY(SOFTPLUS, softplus),
    APUS_ENTRY(SIN, sin),
    APUS_ENTRY(COS, cos),
    APUS_ENTRY(GELU, gelu),
    APUS_ENTRY(GELU_SLOPE, gelu_slope),
    APUS_ENTRY(POWER, power),
    APUS_ENTRY(SIGN, sign),
    APUS_ENTRY(EQUAL, equal),
    APUS_ENTRY(NOT_EQUAL, not_equal),
    APUS_ENTRY(LESS, less),
    APUS_ENTRY(LESS_EQUAL, less_equal),
    APUS_ENTRY(GREATER, greater),
    APUS_ENTRY(GREATER_EQUAL, greater_equal),
    APUS_ENTRY(SELECT, select),
    APUS_ENTRY(AND, and),
    APUS_ENTRY(OR, or),
    APUS_ENTRY(NOT, not),
    APUS_ENTRY(IS_FINITE, is_finite),
};
#undef APUS_ENTRY
