/// Where the intermediate results of a trace lie: one block of memory, in which places are used again as soon as
/// nobody reads what they hold.
///
/// Steps are walked in order; a value takes the smallest free place that holds it. A pointwise step writes over an
/// operand that nobody reads after it.
struct MemoryPlan {
    /// By value: where it begins in the block. Values that lie elsewhere (arguments, results) have none.
    private(set) var offsets: [Int: Int] = [:]
    /// The size of the block.
    private(set) var byteCount = 0
    /// What the values would take side by side.
    private(set) var unsharedByteCount = 0

    private var free: [(offset: Int, size: Int)] = []

    init(_ trace: Trace) {
        var lastUse: [Int: Int] = [:]
        for (number, step) in trace.steps.enumerated() {
            for use in step.inputs { lastUse[use.value] = number }
            // What nobody reads dies where it is written.
            for value in step.outputs { lastUse[value] = number }
        }
        let returned = Set(trace.results.map(\.value))
        func isPlanned(_ value: Int) -> Bool {
            if case .computed = trace.values[value].origin { return !returned.contains(value) }
            return false
        }
        func size(_ value: Int) -> Int {
            let type = trace.values[value].type
            return (max(type.shape.count * type.scalarType.byteCount, 1) + 63) / 64 * 64
        }
        for (number, step) in trace.steps.enumerated() {
            var dying: [Int] = []
            for value in step.inputs.map(\.value)
            where lastUse[value] == number && isPlanned(value) && !dying.contains(value) {
                dying.append(value)
            }
            for value in step.outputs where isPlanned(value) {
                unsharedByteCount += size(value)
                if let operand = dying.first(where: { trace.isOverwritten($0, by: value, in: step) }
                ) {
                    offsets[value] = offsets[operand]
                    dying.removeAll { $0 == operand }
                } else {
                    offsets[value] = take(size(value))
                }
            }
            for value in dying { give(offsets[value] ?? 0, size(value)) }
            for value in step.outputs where isPlanned(value) && lastUse[value] == number {
                give(offsets[value] ?? 0, size(value))
            }
        }
    }

    private mutating func take(_ size: Int) -> Int {
        let fitting = free.indices.filter { free[$0].size >= size }
        if let best = fitting.min(by: { free[$0].size < free[$1].size }) {
            let offset = free[best].offset
            if free[best].size == size {
                free.remove(at: best)
            } else {
                free[best] = (offset + size, free[best].size - size)
            }
            return offset
        }
        // The last free place is made larger where it ends the block.
        if let last = free.last, last.offset + last.size == byteCount {
            free.removeLast()
            byteCount = last.offset + size
            return last.offset
        }
        byteCount += size
        return byteCount - size
    }

    private mutating func give(_ offset: Int, _ size: Int) {
        let place = free.firstIndex { $0.offset > offset } ?? free.count
        free.insert((offset, size), at: place)
        if place + 1 < free.count, offset + size == free[place + 1].offset {
            free[place].size += free[place + 1].size
            free.remove(at: place + 1)
        }
        if place > 0, free[place - 1].offset + free[place - 1].size == free[place].offset {
            free[place - 1].size += free[place].size
            free.remove(at: place)
        }
    }
}

extension Trace {
    /// Whether a step may write a value to the memory of an operand: element by element, where both lie alike.
    fileprivate func isOverwritten(_ operand: Int, by value: Int, in step: Step) -> Bool {
        guard case .fused(let program) = step.action else { return false }
        let uses = step.inputs.filter { $0.value == operand }
        return uses.count == 1 && uses[0].shape == program.shape
            && values[operand].type.scalarType == .float32
            && values[value].type.scalarType == .float32
    }
}
