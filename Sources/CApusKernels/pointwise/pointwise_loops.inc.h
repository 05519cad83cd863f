// What every element type has in common: registers, loads and stores, the macro of a loop. The includer
// defines ELEMENT (float, int32_t, double), LANES (16 of them) and KIND(name), the name for that
// type; also `KIND(all)`, `KIND(load_first_at)` and `KIND(store_first_at)`.

// Where a register's elements lie. Step 1: one after the other. Step 0: 16 equal ones.
typedef struct {
    const ELEMENT *elements;
    int64_t step;
} KIND(register);

typedef LANES KIND(unaligned) __attribute__((aligned(sizeof(ELEMENT))));

static inline APUS_INLINE LANES KIND(load_at)(const ELEMENT *p) {
    return *(const KIND(unaligned) *)p;
}
static inline APUS_INLINE void KIND(store_at)(ELEMENT *p, LANES v) { *(KIND(unaligned) *)p = v; }
static inline APUS_INLINE LANES KIND(load)(KIND(register) r, int64_t i) {
    return KIND(load_at)(r.elements + i * r.step);
}
static inline APUS_INLINE LANES KIND(load_first)(KIND(register) r, int64_t i, int64_t count) {
    return r.step ? KIND(load_first_at)(r.elements + i, count) : KIND(load_at)(r.elements);
}

static void KIND(copy)(ELEMENT *result, KIND(register) source, int64_t count) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) KIND(store_at)(result + i, KIND(load)(source, i));
    if (i < count) {
        KIND(store_first_at)(result + i, KIND(load_first)(source, i, count - i), count - i);
    }
}

typedef void (*KIND(loop))(
    ELEMENT *, const KIND(register) *, const apus_instruction *, int64_t);

#ifndef APUS_LOOP
#define APUS_LOADS_1(LOAD, ...) LANES a = LOAD(ra, __VA_ARGS__);
#define APUS_LOADS_2(LOAD, ...) APUS_LOADS_1(LOAD, __VA_ARGS__) LANES b = LOAD(rb, __VA_ARGS__);
#define APUS_LOADS_3(LOAD, ...) APUS_LOADS_2(LOAD, __VA_ARGS__) LANES c = LOAD(rc, __VA_ARGS__);
#define APUS_REGISTERS_1 KIND(register) ra = registers[instruction->a];
#define APUS_REGISTERS_2 APUS_REGISTERS_1 KIND(register) rb = registers[instruction->b];
#define APUS_REGISTERS_3 APUS_REGISTERS_2 KIND(register) rc = registers[instruction->c];

// One loop per operation over registers. The tail is computed in the same lanes, with zeros behind
// the end.
#define APUS_LOOP(NAME, OPERANDS, FORMULA) \
    static void KIND(loop_##NAME)( \
        ELEMENT *result, const KIND(register) *registers, const apus_instruction *instruction, \
        int64_t count) { \
        APUS_REGISTERS_##OPERANDS \
        int64_t i = 0; \
        for (; i + 16 <= count; i += 16) { \
            APUS_LOADS_##OPERANDS(KIND(load), i) \
            KIND(store_at)(result + i, FORMULA); \
        } \
        if (i < count) { \
            APUS_LOADS_##OPERANDS(KIND(load_first), i, count - i) \
            KIND(store_first_at)(result + i, FORMULA, count - i); \
        } \
    }
#define APUS_ENTRY(OP, NAME) [APUS_OP_##OP] = KIND(loop_##NAME)

// The operations that read the same for all types; a comparison gives a mask that `TRUTH` turns
// into 1 or 0.
#define APUS_COMPARISONS(TRUTH) \
    APUS_LOOP(equal, 2, TRUTH(a == b)) \
    APUS_LOOP(not_equal, 2, TRUTH(a != b)) \
    APUS_LOOP(less, 2, TRUTH(a < b)) \
    APUS_LOOP(less_equal, 2, TRUTH(a <= b)) \
    APUS_LOOP(greater, 2, TRUTH(a > b)) \
    APUS_LOOP(greater_equal, 2, TRUTH(a >= b)) \
    APUS_LOOP(and, 2, TRUTH((a != 0) & (b != 0))) \
    APUS_LOOP(or, 2, TRUTH((a != 0) | (b != 0))) \
    APUS_LOOP(not, 1, TRUTH(a == 0))
#define APUS_ARITHMETIC_ENTRIES \
    APUS_ENTRY(ADD, add), APUS_ENTRY(SUBTRACT, subtract), APUS_ENTRY(MULTIPLY, multiply), \
    APUS_ENTRY(DIVIDE, divide), APUS_ENTRY(FMA, fma), APUS_ENTRY(NEGATE, negate), \
    APUS_ENTRY(ABSOLUTE, absolute), APUS_ENTRY(MINIMUM, minimum), APUS_ENTRY(MAXIMUM, maximum), \
    APUS_ENTRY(FLOOR, floor), APUS_ENTRY(POWER, power), APUS_ENTRY(SIGN, sign), \
    APUS_ENTRY(EQUAL, equal), APUS_ENTRY(NOT_EQUAL, not_equal), APUS_ENTRY(LESS, less), \
    APUS_ENTRY(LESS_EQUAL, less_equal), APUS_ENTRY(GREATER, greater), \
    APUS_ENTRY(GREATER_EQUAL, greater_equal), APUS_ENTRY(SELECT, select), APUS_ENTRY(AND, and), \
    APUS_ENTRY(OR, or), APUS_ENTRY(NOT, not), APUS_ENTRY(IS_FINITE, is_finite)
#define APUS_FUNCTION_ENTRIES \
    APUS_ENTRY(SQUARE_ROOT, square_root), APUS_ENTRY(EXP, exp), APUS_ENTRY(LOG, log), \
    APUS_ENTRY(LOG1P, log1p), APUS_ENTRY(EXPM1, expm1), APUS_ENTRY(TANH, tanh), \
    APUS_ENTRY(ERF, erf), APUS_ENTRY(SIGMOID, sigmoid), APUS_ENTRY(SOFTPLUS, softplus), \
    APUS_ENTRY(SIN, sin), APUS_ENTRY(COS, cos), APUS_ENTRY(GELU, gelu), \
    APUS_ENTRY(GELU_SLOPE, gelu_slope)
#endif
