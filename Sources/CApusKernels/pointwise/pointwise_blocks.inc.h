// The evaluator of one element type: instruction by instruction over blocks of BLOCK elements,
// whose registers stay in the first-level cache. What lies in memory in another layout passes through
// scratch (`take`, `give`).

static void KIND(run_blocks)(
    const apus_instruction *program, int instructionCount,
    const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
    const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
    int outputCount, int64_t count) {
    ELEMENT scratch[APUS_REGISTER_LIMIT][BLOCK] __attribute__((aligned(64)));
    KIND(register) registers[APUS_REGISTER_LIMIT];
    int last = inputCount + instructionCount - 1;

    // What does not change from block to block stands ready before the first.
    uint32_t changing = 0;  // inputs that pass through scratch
    for (int i = 0; i < inputCount; i += 1) {
        registers[i] = (KIND(register)){scratch[i], 0};
        if (inputLayouts[i] == ELEMENTS_LAYOUT) {
            registers[i] = (KIND(register)){inputs[i], 1};
        } else if (APUS_LAYOUT_IS_SINGLE(inputLayouts[i])) {
            KIND(store_at)(scratch[i], KIND(all)(KIND(single)(inputs[i], inputLayouts[i])));
        } else {
            registers[i].step = 1;
            changing |= 1u << i;
        }
    }
    for (int i = 0; i < instructionCount; i += 1) {
        int target = inputCount + i;
        registers[target] = (KIND(register)){scratch[target], program[i].op != APUS_OP_CONSTANT};
        if (program[i].op == APUS_OP_CONSTANT) {
            KIND(store_at)(scratch[target], KIND(all)(program[i].value));
        }
    }
    // The last result goes straight to its place: all inputs of the block are read by then. An
    // input that is handed out unchanged waits in scratch, as its own memory may be an output
    // already written.
    int direct = -1;
    for (int i = 0; i < outputCount; i += 1) {
        int source = outputRegisters[i];
        if (source < inputCount) {
            if (inputLayouts[source] == ELEMENTS_LAYOUT) {
                registers[source].elements = scratch[source];
                changing |= 1u << source;
            }
        } else if (source == last && outputLayouts[i] == ELEMENTS_LAYOUT
                   && registers[last].step == 1) {
            direct = i;
        }
    }

    for (int64_t start = 0; start < count; start += BLOCK) {
        int64_t size = count - start < BLOCK ? count - start : BLOCK;
        if (direct >= 0) registers[last].elements = (ELEMENT *)outputs[direct] + start;
        for (uint32_t rest = changing; rest != 0; rest &= rest - 1) {
            int i = __builtin_ctz(rest);
            if (inputLayouts[i] == ELEMENTS_LAYOUT) {
                KIND(register) source = {(const ELEMENT *)inputs[i] + start, 1};
                KIND(copy)(scratch[i], source, size);
            } else {
                KIND(take)(scratch[i], inputs[i], inputLayouts[i], start, size);
            }
        }
        for (int i = 0; i < instructionCount; i += 1) {
            const apus_instruction *instruction = &program[i];
            if (instruction->op == APUS_OP_CONSTANT) continue;
            ELEMENT *result = (ELEMENT *)registers[inputCount + i].elements;
            KIND(loops)[instruction->op](result, registers, instruction, size);
        }
        for (int i = 0; i < outputCount; i += 1) {
            if (i == direct) continue;
            KIND(give)(outputs[i], outputLayouts[i], start, registers[outputRegisters[i]], size);
        }
        for (int i = 0; i < inputCount; i += 1) {
            if (inputLayouts[i] == ELEMENTS_LAYOUT && !(changing >> i & 1)) {
                registers[i].elements += BLOCK;
            }
        }
    }
}

// A single operation on elements of this type, as eager code asks for it, needs neither blocks nor
// preparation.
static void KIND(run)(
    const apus_instruction *program, int instructionCount,
    const void *const *inputs, const uint8_t *inputLayouts, int inputCount,
    const uint8_t *outputRegisters, void *const *outputs, const uint8_t *outputLayouts,
    int outputCount, int64_t count) {
    int simple = instructionCount == 1 && outputCount == 1 && inputCount <= 3
        && outputRegisters[0] == inputCount && outputLayouts[0] == ELEMENTS_LAYOUT
        && program->op != APUS_OP_CONSTANT;
    KIND(register) registers[3];
    for (int i = 0; simple && i < inputCount; i += 1) {
        registers[i] = (KIND(register)){inputs[i], 1};
        simple = inputLayouts[i] == ELEMENTS_LAYOUT;
    }
    if (simple) {
        KIND(loops)[program->op](outputs[0], registers, program, count);
    } else {
        KIND(run_blocks)(
            program, instructionCount, inputs, inputLayouts, inputCount,
            outputRegisters, outputs, outputLayouts, outputCount, count);
    }
}
