// The evaluator of pointwise programs: instruction by instruction over blocks of 256 elements,
// whose registers stay in the first-level cache.
#include "math.inc.h"
#include "pointwise_operations.inc.h"

enum { APUS_BLOCK = 256 };

typedef uint8_t blanes __attribute__((vector_size(16)));

static void APUS_NAME(floats_from_bools)(float *result, const uint8_t *bools, int64_t count) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) {
        blanes bytes;
        memcpy(&bytes, bools + i, 16);
        store_lanes(result + i, __builtin_convertvector(bytes, lanes));
    }
    for (; i < count; i += 1) result[i] = bools[i];
}

static void APUS_NAME(bools_from_floats)(uint8_t *result, apus_register source, int64_t count) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) {
        ilanes truth = (APUS_NAME(load)(source, i) != 0.0f) & 1;
        blanes bytes = __builtin_convertvector(truth, blanes);
        memcpy(result + i, &bytes, 16);
    }
    for (; i < count; i += 1) result[i] = source.elements[i * source.step] != 0.0f;
}

static void APUS_NAME(copy)(float *result, apus_register source, int64_t count) {
    int64_t i = 0;
    for (; i + 16 <= count; i += 16) store_lanes(result + i, APUS_NAME(load)(source, i));
    if (i < count) {
        store_first_lanes(result + i, APUS_NAME(load_first)(source, i, count - i), count - i);
    }
}

static void APUS_NAME(run_blocks)(
    const apus_instruction *program, int instructionCount,
    const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
    const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
    int outputCount, int64_t count) {
    float scratch[APUS_REGISTER_LIMIT][APUS_BLOCK] __attribute__((aligned(64)));
    apus_register registers[APUS_REGISTER_LIMIT];
    int last = inputCount + instructionCount - 1;

    // What does not change from block to block stands ready before the first.
    uint32_t changing = 0;  // inputs that pass through scratch
    for (int i = 0; i < inputCount; i += 1) {
        registers[i] = (apus_register){scratch[i], 0};
        switch (inputLayouts[i]) {
        case APUS_LAYOUT_FLOATS:
            registers[i] = (apus_register){inputs[i], 1};
            break;
        case APUS_LAYOUT_FLOAT:
            store_lanes(scratch[i], all_lanes(*(const float *)inputs[i]));
            break;
        case APUS_LAYOUT_BOOL:
            store_lanes(scratch[i], all_lanes(*(const uint8_t *)inputs[i]));
            break;
        default:
            registers[i].step = 1;
            changing |= 1u << i;
        }
    }
    for (int i = 0; i < instructionCount; i += 1) {
        int target = inputCount + i;
        registers[target] = (apus_register){scratch[target], program[i].op != APUS_OP_CONSTANT};
        if (program[i].op == APUS_OP_CONSTANT) {
            store_lanes(scratch[target], all_lanes((float)program[i].value));
        }
    }
    // The last result goes straight to its place: all inputs of the block are read by then. An
    // input that is handed out unchanged waits in scratch, as its own memory may be an output
    // already written.
    int direct = -1;
    for (int i = 0; i < outputCount; i += 1) {
        int source = outputRegisters[i];
        if (source < inputCount) {
            if (inputLayouts[source] == APUS_LAYOUT_FLOATS) {
                registers[source].elements = scratch[source];
                changing |= 1u << source;
            }
        } else if (source == last && outputLayouts[i] == APUS_LAYOUT_FLOATS
                   && registers[last].step == 1) {
            direct = i;
        }
    }

    for (int64_t start = 0; start < count; start += APUS_BLOCK) {
        int64_t size = count - start < APUS_BLOCK ? count - start : APUS_BLOCK;
        if (direct >= 0) registers[last].elements = (float *)outputs[direct] + start;
        for (uint32_t rest = changing; rest != 0; rest &= rest - 1) {
            int i = __builtin_ctz(rest);
            if (inputLayouts[i] == APUS_LAYOUT_BOOLS) {
                APUS_NAME(floats_from_bools)(scratch[i], (const uint8_t *)inputs[i] + start, size);
            } else {
                apus_register source = {(const float *)inputs[i] + start, 1};
                APUS_NAME(copy)(scratch[i], source, size);
            }
        }
        for (int i = 0; i < instructionCount; i += 1) {
            const apus_instruction *instruction = &program[i];
            if (instruction->op == APUS_OP_CONSTANT) continue;
            float *result = (float *)registers[inputCount + i].elements;
            APUS_NAME(loops)[instruction->op](result, registers, instruction, size);
        }
        for (int i = 0; i < outputCount; i += 1) {
            if (i == direct) continue;
            apus_register source = registers[outputRegisters[i]];
            if (outputLayouts[i] == APUS_LAYOUT_BOOLS) {
                APUS_NAME(bools_from_floats)((uint8_t *)outputs[i] + start, source, size);
            } else {
                APUS_NAME(copy)((float *)outputs[i] + start, source, size);
            }
        }
        for (int i = 0; i < inputCount; i += 1) {
            if (inputLayouts[i] == APUS_LAYOUT_FLOATS && !(changing >> i & 1)) {
                registers[i].elements += APUS_BLOCK;
            }
        }
    }
}

// A single operation from floats to floats, as eager code asks for it, needs neither blocks nor
// preparation.
static void APUS_NAME(run)(
    const apus_instruction *program, int instructionCount,
    const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
    const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
    int outputCount, int64_t count) {
    int simple = instructionCount == 1 && outputCount == 1 && inputCount <= 3
        && outputRegisters[0] == inputCount && outputLayouts[0] == APUS_LAYOUT_FLOATS
        && program->op != APUS_OP_CONSTANT;
    apus_register registers[3];
    for (int i = 0; simple && i < inputCount; i += 1) {
        registers[i] = (apus_register){inputs[i], 1};
        simple = inputLayouts[i] == APUS_LAYOUT_FLOATS;
    }
    if (simple) {
        APUS_NAME(loops)[program->op](outputs[0], registers, program, count);
    } else {
        APUS_NAME(run_blocks)(
            program, instructionCount, inputs, inputLayouts, inputCount,
            outputRegisters, outputs, outputLayouts, outputCount, count);
    }
}

const apus_pointwise_kernels APUS_NAME(apus_pointwise_kernels) = {.run = APUS_NAME(run)};
