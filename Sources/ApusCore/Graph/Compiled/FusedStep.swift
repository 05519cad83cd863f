import CApusKernels

/// A fused pointwise program with everything prepared: layouts, strides, registers.
final class FusedStep: PlannedStep {
    /// Elements a task, as in ``PointwiseKernel``.
    private static let taskSize = 16 * 1024

    private let instructions: UnsafeMutableBufferPointer<apus_instruction>
    private let registers: UnsafeMutablePointer<UInt8>
    private let inputKinds: UnsafeMutablePointer<UInt8>
    private let outputKinds: UnsafeMutablePointer<UInt8>
    private let pointers: UnsafeMutablePointer<UnsafeRawPointer?>
    private let results: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let count: Int
    private let runs: BroadcastRuns?

    init(_ program: FusedPointwise, _ inputs: Operands, _ outputs: Operands) {
        instructions = .allocate(capacity: program.instructions.count)
        _ = instructions.initialize(from: program.instructions)
        registers = .allocate(capacity: outputs.count)
        outputKinds = .allocate(capacity: outputs.count)
        results = .allocate(capacity: outputs.count)
        results.initialize(repeating: nil, count: outputs.count)
        for (index, output) in program.outputs.enumerated() {
            registers[index] = UInt8(output.register)
            let isBool = outputs[index].scalarType == .bool
            outputKinds[index] = Self.code(isBool ? APUS_LAYOUT_BOOLS : APUS_LAYOUT_FLOATS)
        }
        count = program.shape.count
        let shapes = inputs.array.map(\.shape)
        let isPlain = shapes.allSatisfy { $0.count == 1 || $0 == program.shape }
        runs = isPlain ? nil : BroadcastRuns(of: shapes, to: program.shape)
        inputKinds = .allocate(capacity: inputs.count + 1)
        pointers = .allocate(capacity: inputs.count + 1)
        pointers.initialize(repeating: nil, count: inputs.count + 1)
        for index in 0..<inputs.count {
            let isRepeated =
                runs?.steps[index] == 0 || (isPlain && inputs[index].count == 1 && count != 1)
            let isBool = inputs[index].scalarType == .bool
            inputKinds[index] = Self.code(
                isRepeated
                    ? (isBool ? APUS_LAYOUT_BOOL : APUS_LAYOUT_FLOAT)
                    : (isBool ? APUS_LAYOUT_BOOLS : APUS_LAYOUT_FLOATS))
        }
        super.init(inputs, outputs)
    }

    deinit {
        instructions.deallocate()
        registers.deallocate()
        outputKinds.deallocate()
        results.deallocate()
        inputKinds.deallocate()
        pointers.deallocate()
    }

    private static func code(_ layout: apus_layout) -> UInt8 { UInt8(layout.rawValue) }

    override func run() {
        if let runs { return run(runs) }
        if count > 2 * Self.taskSize { return runShared() }
        for index in 0..<inputs.count { pointers[index] = UnsafeRawPointer(inputs[index].pointer) }
        for index in 0..<outputs.count { results[index] = outputs[index].pointer }
        call(pointers, results, count)
    }

    @inline(__always)
    private func call(
        _ inputs: UnsafeMutablePointer<UnsafeRawPointer?>,
        _ outputs: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ count: Int
    ) {
        Kernels.pointwise.pointee.run(
            instructions.baseAddress, Int32(truncatingIfNeeded: instructions.count), inputs,
            inputKinds, Int32(truncatingIfNeeded: self.inputs.count), registers, outputs,
            outputKinds, Int32(truncatingIfNeeded: self.outputs.count), Int64(count))
    }

    private func runShared() {
        Parallel.run((count + Self.taskSize - 1) / Self.taskSize) { task in
            let start = task * Self.taskSize
            withPointers { pointers, results in
                for index in 0..<inputs.count {
                    let input = inputs[index]
                    let offset = input.count == 1 ? 0 : start * input.scalarType.byteCount
                    pointers[index] = UnsafeRawPointer(input.pointer + offset)
                }
                for index in 0..<outputs.count {
                    let output = outputs[index]
                    results[index] = output.pointer + start * output.scalarType.byteCount
                }
                call(pointers, results, min(Self.taskSize, count - start))
            }
        }
    }

    private func run(_ runs: BroadcastRuns) {
        let runsPerTask = max(1, Self.taskSize / runs.length)
        let tasks = (runs.count + runsPerTask - 1) / runsPerTask
        if tasks == 1 { return run(runs, 0..<runs.count, pointers, results) }
        Parallel.run(tasks) { task in
            let range = task * runsPerTask..<min(runs.count, (task + 1) * runsPerTask)
            withPointers { run(runs, range, $0, $1) }
        }
    }

    private func run(
        _ runs: BroadcastRuns, _ range: Range<Int>,
        _ pointers: UnsafeMutablePointer<UnsafeRawPointer?>,
        _ results: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) {
        for run in range {
            for index in 0..<inputs.count {
                let input = inputs[index]
                pointers[index] = UnsafeRawPointer(
                    input.pointer + runs.offset(of: index, run) * input.scalarType.byteCount)
            }
            for index in 0..<outputs.count {
                let output = outputs[index]
                results[index] = output.pointer + run * runs.length * output.scalarType.byteCount
            }
            call(pointers, results, runs.length)
        }
    }

    /// Pointers of a task's own.
    private func withPointers(
        _ body: (
            UnsafeMutablePointer<UnsafeRawPointer?>, UnsafeMutablePointer<UnsafeMutableRawPointer?>
        ) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: inputs.count + 1) {
            pointers in
            withUnsafeTemporaryAllocation(
                of: UnsafeMutableRawPointer?.self, capacity: outputs.count
            ) { results in
                guard let pointers = pointers.baseAddress, let results = results.baseAddress else {
                    return
                }
                body(pointers, results)
            }
        }
    }
}

/// Operands of several shapes as runs along the last axes, along which each is contiguous or constant.
struct BroadcastRuns {
    /// The elements of a run.
    let length: Int
    /// The number of runs.
    let count: Int
    /// By operand: the step within a run, 0 or 1.
    let steps: [Int]
    private let sizes: [Int]
    private let strides: [[Int]]

    init(of operands: [Shape], to shape: Shape) {
        let axes = shape.indices.filter { shape[$0] != 1 }
        let all = axes.map { shape[$0] }
        let strides = operands.map { operand in
            let whole = operand.strides(broadcastTo: shape)
            return axes.map { whole[$0] }
        }
        var first = max(all.count - 1, 0)
        var length = all.last ?? 1
        while first > 0,
            strides.allSatisfy({ $0[first - 1] == $0[first] * all[first] })
        {
            first -= 1
            length *= all[first]
        }
        self.length = length
        count = shape.count / max(length, 1)
        steps = strides.map { $0.last ?? 0 }
        sizes = Array(all[..<first])
        self.strides = strides.map { Array($0[..<first]) }
    }

    /// Where an operand's elements of a run begin.
    @inline(__always)
    func offset(of operand: Int, _ run: Int) -> Int {
        var rest = run
        var offset = 0
        var axis = sizes.count - 1
        while axis >= 0 {
            let (quotient, position) = rest.quotientAndRemainder(dividingBy: sizes[axis])
            offset += position * strides[operand][axis]
            rest = quotient
            axis -= 1
        }
        return offset
    }
}
