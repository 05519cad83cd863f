// Pointwise formulas as small programs, evaluated block by block without leaving the first-level
// cache.
//
// A program's registers are numbered: the inputs first, then the result of each instruction in
// order. So gelu(x) = x/2 · (1 + erf(x/√2)), with x in register 0, is
//
//     1: constant 0.70710678    2: multiply 0 1    3: erf 2
//     4: constant 0.5           5: multiply 0 4    6: fma 5 3 5
//
// Floats and truth values are computed in float. Integers, with truth values, are computed in int32
// where all operations and constants keep to integers: results wrap around (modulo 2³²), quotients are
// cut towards zero, x/0 is 0, x⁻ⁿ is 0 but for x = ±1. Anything else is computed in double; on its way
// out to an int32 the fraction is cut off, what lies beyond becomes the nearest int32, NaN becomes 0.
// So the empty program converts: register 0, the input, in another layout.
//
// Every instruction set gives the same bits; only the sign and payload of a NaN are left open.
// Denormals are kept, division and square root are rounded correctly, nothing is contracted.
#ifndef APUS_POINTWISE_H
#define APUS_POINTWISE_H

#include <stdint.h>

#include "apus_isa.h"

#if defined(__cplusplus)
extern "C" {
#endif

/// What an instruction computes from the registers a, b and c. Truth is 1 or 0; as an operand every
/// number but ±0 is true (NaN too).
typedef enum {
    APUS_OP_CONSTANT = 0,   // value
    APUS_OP_ADD,            // a + b
    APUS_OP_SUBTRACT,       // a − b
    APUS_OP_MULTIPLY,       // a · b
    APUS_OP_DIVIDE,         // a / b
    APUS_OP_FMA,            // a · b + c, rounded once
    APUS_OP_NEGATE,         // −a
    APUS_OP_ABSOLUTE,       // |a|
    APUS_OP_MINIMUM,        // a where a < b or a is NaN, else b: a NaN on either side wins
    APUS_OP_MAXIMUM,        // a where a > b or a is NaN, else b: a NaN on either side wins
    APUS_OP_SQUARE_ROOT,    // √a
    APUS_OP_FLOOR,          // the greatest integer ≤ a
    APUS_OP_EXP,            // the functions of apus_math.h from here …
    APUS_OP_LOG,
    APUS_OP_LOG1P,
    APUS_OP_EXPM1,
    APUS_OP_TANH,
    APUS_OP_ERF,
    APUS_OP_SIGMOID,
    APUS_OP_SOFTPLUS,
    APUS_OP_SIN,
    APUS_OP_COS,
    APUS_OP_GELU,
    APUS_OP_GELU_SLOPE,
    APUS_OP_POWER,          // … to here: aᵇ as IEEE 754's pow
    APUS_OP_SIGN,           // −1, 0 or 1; 0 for −0, NaN for NaN
    APUS_OP_EQUAL,          // a = b; comparisons with NaN are false
    APUS_OP_NOT_EQUAL,      // a ≠ b; with NaN true
    APUS_OP_LESS,           // a < b
    APUS_OP_LESS_EQUAL,     // a ≤ b
    APUS_OP_GREATER,        // a > b
    APUS_OP_GREATER_EQUAL,  // a ≥ b
    APUS_OP_SELECT,         // a true ? b : c
    APUS_OP_AND,            // a and b
    APUS_OP_OR,             // a or b
    APUS_OP_NOT,            // not a
    APUS_OP_IS_FINITE,      // a is neither infinite nor NaN
    APUS_OP_COUNT,          // how many there are
} apus_op;

/// How an input or output lies in memory. An odd number is a single element.
typedef enum {
    APUS_LAYOUT_FLOATS = 0,  // count floats, one after the other
    APUS_LAYOUT_FLOAT = 1,   // one float that counts for every element (inputs only)
    APUS_LAYOUT_BOOLS = 2,   // count bytes, 0 or 1, one after the other
    APUS_LAYOUT_BOOL = 3,    // one byte that counts for every element (inputs only)
    APUS_LAYOUT_INTS = 4,    // count int32, one after the other
    APUS_LAYOUT_INT = 5,     // one int32 that counts for every element (inputs only)
    APUS_LAYOUT_DOUBLES = 6, // count doubles, one after the other
    APUS_LAYOUT_DOUBLE = 7,  // one double that counts for every element (inputs only)
} apus_layout;

/// The most registers (inputs and instructions together) that a program may have.
#define APUS_REGISTER_LIMIT 32

/// One step of a program: register inputCount + (its place) becomes op of the registers a, b, c.
/// An operand that the op does not take is ignored, and so is `value` except for a constant.
typedef struct {
    uint16_t op;  // an apus_op
    uint16_t a, b, c;
    double value;  // rounded to float among floats
} apus_instruction;

typedef struct {
    /// Runs the program over `count` elements: register outputRegisters[i] goes to outputs[i] as
    /// its layout says (a bool is 1 where it is true). Memory of an output is the very memory of an
    /// input of the same element and layout (in place), or apart from all inputs and outputs. The caller
    /// answers for a valid program: at most APUS_REGISTER_LIMIT registers, operands that come
    /// before their instruction.
    void (*run)(
        const apus_instruction *program, int instructionCount,
        const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
        const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
        int outputCount, int64_t count);
} apus_pointwise_kernels;

/// The kernels for `isa`, null where this build does not have it.
const apus_pointwise_kernels *apus_pointwise_kernels_for(apus_isa isa);

#if defined(__cplusplus)
}
#endif
#endif
