// The evaluators of pointwise programs, one for each element type, and the choice among them.
#include "math.inc.h"

typedef uint8_t blanes __attribute__((vector_size(16)));

#define APUS_LAYOUT_IS_SINGLE(LAYOUT) ((LAYOUT) & 1)

#include "pointwise_floats.inc.h"
#include "pointwise_ints.inc.h"
#include "pointwise_doubles.inc.h"

// Floats and truth values are computed in floats; integers and truth values in integers where the
// program keeps to them; everything else in doubles, which hold all of them.
static void APUS_NAME(run)(
    const apus_instruction *program, int instructionCount,
    const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
    const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
    int outputCount, int64_t count) {
    uint32_t layouts = 0;
    for (int i = 0; i < inputCount; i += 1) layouts |= 1u << (inputLayouts[i] >> 1);
    for (int i = 0; i < outputCount; i += 1) layouts |= 1u << (outputLayouts[i] >> 1);
    layouts &= ~(1u << (APUS_LAYOUT_BOOLS >> 1));
    const uint32_t floats = 1u << (APUS_LAYOUT_FLOATS >> 1), ints = 1u << (APUS_LAYOUT_INTS >> 1);
    // Integers that only become floats need no double on the way.
    const int converts = instructionCount == 0 && inputCount == 1
        && inputLayouts[0] == APUS_LAYOUT_INTS && outputCount == 1
        && outputLayouts[0] == APUS_LAYOUT_FLOATS;
    if (layouts <= floats || converts) {
        APUS_NAME(APUS_CONCAT(run, floats))(
            program, instructionCount, inputs, inputLayouts, inputCount,
            outputRegisters, outputs, outputLayouts, outputCount, count);
    } else if (layouts == ints && APUS_NAME(is_integral)(program, instructionCount)) {
        APUS_NAME(APUS_CONCAT(run, ints))(
            program, instructionCount, inputs, inputLayouts, inputCount,
            outputRegisters, outputs, outputLayouts, outputCount, count);
    } else {
        APUS_NAME(APUS_CONCAT(run, doubles))(
            program, instructionCount, inputs, inputLayouts, inputCount,
            outputRegisters, outputs, outputLayouts, outputCount, count);
    }
}

const apus_pointwise_kernels APUS_NAME(apus_pointwise_kernels) = {.run = APUS_NAME(run)};
