import CApusKernels

/// Runs a formula on whole tensors with the vector kernels.
enum PointwiseKernel {
    /// Elements a task: several pages, so that handing one over costs little beside it.
    private static let taskSize = 16 * 1024
    /// Inputs that a program may have.
    static let mostInputs = 16

    @inline(__always)
    static func run(_ program: LaneProgram, _ inputs: Operands, into output: TensorView) {
        for index in 0..<inputs.count {
            let input = inputs[index]
            if input.count != 1 && input.shape != output.shape {
                return runBroadcast(program, inputs, into: output)
            }
        }
        if output.count <= 2 * taskSize {
            runRange(program, inputs, into: output, 0..<output.count)
        } else {
            Parallel.run((output.count + taskSize - 1) / taskSize) { task in
                let start = task * taskSize
                runRange(
                    program, inputs, into: output, start..<min(start + taskSize, output.count))
            }
        }
    }

    @inline(__always)
    private static func runRange(
        _ program: LaneProgram, _ inputs: Operands, into output: TensorView, _ range: Range<Int>
    ) {
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: mostInputs) {
            pointers in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: mostInputs) { kinds in
                for index in 0..<inputs.count {
                    let input = inputs[index]
                    let isScalar = input.count == 1 && output.count != 1
                    let offset = isScalar ? 0 : range.lowerBound * input.scalarType.byteCount
                    pointers[index] = UnsafeRawPointer(input.pointer + offset)
                    kinds[index] = kind(input.scalarType, isScalar: isScalar)
                }
                call(
                    program, pointers, kinds,
                    output: output.pointer + range.lowerBound * output.scalarType.byteCount,
                    output.scalarType, count: range.count)
            }
        }
    }

    @inline(__always)
    private static func kind(_ type: ScalarType, isScalar: Bool = false) -> UInt8 {
        let kind =
            switch type {
            case .float32: isScalar ? APUS_LAYOUT_FLOAT : APUS_LAYOUT_FLOATS
            case .bool: isScalar ? APUS_LAYOUT_BOOL : APUS_LAYOUT_BOOLS
            case .int32: isScalar ? APUS_LAYOUT_INT : APUS_LAYOUT_INTS
            case .float64: isScalar ? APUS_LAYOUT_DOUBLE : APUS_LAYOUT_DOUBLES
            }
        return UInt8(truncatingIfNeeded: kind.rawValue)
    }

    /// The elements in the type of `output`: the program without instructions.
    static func convert(_ input: TensorView, into output: TensorView) {
        let program = LaneProgram(inputCount: 1, instructions: [], result: 0)
        let perTask = 2 * taskSize
        Parallel.run((output.count + perTask - 1) / perTask) { task in
            let start = task * perTask
            var source: UnsafeRawPointer? = UnsafeRawPointer(
                input.pointer + start * input.scalarType.byteCount)
            var layout = kind(input.scalarType)
            withUnsafeMutablePointer(to: &source) { source in
                withUnsafeMutablePointer(to: &layout) { layout in
                    call(
                        program, UnsafeMutableBufferPointer(start: source, count: 1),
                        UnsafeMutableBufferPointer(start: layout, count: 1),
                        output: output.pointer + start * output.scalarType.byteCount,
                        output.scalarType, count: min(perTask, output.count - start))
                }
            }
        }
    }

    /// Runs a program of some results over rows of `float32` that begin a stride apart.
    static func runRows(
        _ program: LaneProgram, results: [Int], rows: Int, size: Int,
        _ inputs: [(start: UnsafeMutablePointer<Float>, stride: Int)],
        into outputs: [(start: UnsafeMutablePointer<Float>, stride: Int)]
    ) {
        let registers = results.map { UInt8(truncatingIfNeeded: $0) }
        let kinds = Array(
            repeating: UInt8(truncatingIfNeeded: APUS_LAYOUT_FLOATS.rawValue), count: mostInputs)
        Parallel.rows(rows, costing: size * 4) { rows in
            var sources: [UnsafeRawPointer?] = inputs.map {
                UnsafeRawPointer($0.start + rows.lowerBound * $0.stride)
            }
            var targets: [UnsafeMutableRawPointer?] = outputs.map {
                UnsafeMutableRawPointer($0.start + rows.lowerBound * $0.stride)
            }
            for _ in rows {
                Kernels.pointwise.pointee.run(
                    program.instructions, Int32(program.instructions.count), sources, kinds,
                    Int32(sources.count), registers, targets, kinds, Int32(targets.count),
                    Int64(size))
                for index in inputs.indices {
                    sources[index] = sources[index].map { $0 + inputs[index].stride * 4 }
                }
                for index in outputs.indices {
                    targets[index] = targets[index].map { $0 + outputs[index].stride * 4 }
                }
            }
        }
    }

    @inline(__always)
    private static func call(
        _ program: LaneProgram, _ inputs: UnsafeMutableBufferPointer<UnsafeRawPointer?>,
        _ kinds: UnsafeMutableBufferPointer<UInt8>, output: UnsafeMutableRawPointer,
        _ outputType: ScalarType, count: Int
    ) {
        var register = UInt8(truncatingIfNeeded: program.result)
        var pointer: UnsafeMutableRawPointer? = output
        var kind = kind(outputType)
        program.instructions.withUnsafeBufferPointer { instructions in
            Kernels.pointwise.pointee.run(
                instructions.baseAddress, Int32(instructions.count), inputs.baseAddress,
                kinds.baseAddress, Int32(program.inputCount), &register, &pointer, &kind, 1,
                Int64(count))
        }
    }

    /// Operands of other shapes: runs along the last axes, along which every operand is either contiguous or
    /// constant. Where each operand's run starts is worked out once a run.
    private static func runBroadcast(
        _ program: LaneProgram, _ inputs: Operands, into output: TensorView
    ) {
        guard output.count > 0 else { return }
        let operands = inputs.array
        // Axes of size 1 are skipped: there is nothing to walk along.
        let axes = output.shape.indices.filter { output.shape[$0] != 1 }
        let sizes = axes.map { output.shape[$0] }
        let strides = operands.map { operand in
            let all = operand.shape.strides(broadcastTo: output.shape)
            return axes.map { all[$0] }
        }
        var first = max(sizes.count - 1, 0)
        var length = sizes.last ?? 1
        while first > 0 {
            let merges = strides.allSatisfy { $0[first - 1] == $0[first] * sizes[first] }
            guard merges else { break }
            first -= 1
            length *= sizes[first]
        }
        let runs = output.count / length
        if length < blockSize / 2 && runs > 1 {
            return runBlocks(
                program, operands, Walk(sizes: sizes, strides: strides, outer: first),
                length: length, runs: runs, into: output)
        }
        let runsPerTask = max(1, taskSize / length)
        Parallel.run((runs + runsPerTask - 1) / runsPerTask) { task in
            withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: mostInputs) {
                pointers in
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: mostInputs) { kinds in
                    for run in task * runsPerTask..<min(runs, (task + 1) * runsPerTask) {
                        for (index, operand) in operands.enumerated() {
                            var rest = run
                            var offset = 0
                            for axis in stride(from: first - 1, through: 0, by: -1) {
                                offset += rest % sizes[axis] * strides[index][axis]
                                rest /= sizes[axis]
                            }
                            pointers[index] = UnsafeRawPointer(
                                operand.pointer + offset * operand.scalarType.byteCount)
                            let isConstant = sizes.isEmpty || strides[index][sizes.count - 1] == 0
                            kinds[index] = kind(operand.scalarType, isScalar: isConstant)
                        }
                        call(
                            program, pointers, kinds,
                            output: output.pointer + run * length * output.scalarType.byteCount,
                            output.scalarType, count: length)
                    }
                }
            }
        }
    }

    /// Elements that operands are laid out for at once where runs are short.
    private static let blockSize = 1024

    /// Where the runs of broadcast operands start.
    private struct Walk {
        let sizes: [Int]
        let strides: [[Int]]
        /// The axes in front of the runs.
        let outer: Int

        @inline(__always)
        func offset(_ operand: Int, run: Int) -> Int {
            var (rest, offset) = (run, 0)
            var axis = outer - 1
            while axis > 0 {
                offset += rest % sizes[axis] * strides[operand][axis]
                rest /= sizes[axis]
                axis -= 1
            }
            return axis == 0 ? offset + rest * strides[operand][0] : offset
        }
    }

    /// Short runs: what is broadcast is laid out for several of them, so that the kernel is called for a thousand
    /// elements and not for each run.
    private static func runBlocks(
        _ program: LaneProgram, _ operands: [TensorView], _ walk: Walk, length: Int, runs: Int,
        into output: TensorView
    ) {
        let perBlock = max(1, blockSize / length)
        let bytesPerOperand = blockSize * MemoryLayout<Double>.stride
        let byteCount = operands.count * bytesPerOperand
        Parallel.rows((runs + perBlock - 1) / perBlock, costing: blockSize) { blocks in
            let memory = MemoryPool.allocate(byteCount: byteCount)
            defer { MemoryPool.release(memory, byteCount: byteCount) }
            withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: mostInputs) {
                pointers in
                withUnsafeTemporaryAllocation(of: UInt8.self, capacity: mostInputs) { kinds in
                    for block in blocks {
                        let range = block * perBlock..<min((block + 1) * perBlock, runs)
                        let start = range.lowerBound * length
                        for (index, operand) in operands.enumerated() {
                            let size = operand.scalarType.byteCount
                            let isScalar = operand.count == 1
                            kinds[index] = kind(operand.scalarType, isScalar: isScalar)
                            if isScalar {
                                pointers[index] = UnsafeRawPointer(operand.pointer)
                            } else if operand.count == output.count {
                                pointers[index] = UnsafeRawPointer(operand.pointer + start * size)
                            } else {
                                let place = memory + index * bytesPerOperand
                                switch size {
                                case 1:
                                    layOut(UInt8.self, operand, index, walk, range, length, place)
                                case 4:
                                    layOut(UInt32.self, operand, index, walk, range, length, place)
                                default:
                                    layOut(UInt64.self, operand, index, walk, range, length, place)
                                }
                                pointers[index] = UnsafeRawPointer(place)
                            }
                        }
                        call(
                            program, pointers, kinds,
                            output: output.pointer + start * output.scalarType.byteCount,
                            output.scalarType, count: range.count * length)
                    }
                }
            }
        }
    }

    /// The elements of an operand for a range of runs, one after another.
    @inline(__always)
    private static func layOut<Element: BitwiseCopyable>(
        _: Element.Type, _ operand: TensorView, _ index: Int, _ walk: Walk, _ range: Range<Int>,
        _ length: Int, _ place: UnsafeMutableRawPointer
    ) {
        let source = operand.elements(as: Element.self)
        var target = place.assumingMemoryBound(to: Element.self)
        let isConstant = walk.strides[index].last == 0
        for run in range {
            let start = source + walk.offset(index, run: run)
            if isConstant {
                target.update(repeating: start.pointee, count: length)
            } else {
                target.update(from: start, count: length)
            }
            target += length
        }
    }
}
