/// What is done to a trace before it becomes a plan: steps that do nothing new, or nothing at all, are taken out.
/// None of this changes a bit of any result.
extension Trace {
    /// One step for equal operations on equal inputs.
    ///
    /// Operations are compared by what they are, see ``Identity``; one that cannot be compared stays.
    mutating func shareCommonSubexpressions() {
        struct Key: Hashable {
            let primitive: Identity
            let inputs: [Use]
            /// Keys that were equal in the call that was traced are not the same in others.
            let randomKey: Int?
        }
        var known: [Key: [Int]] = [:]
        var replaced = equalNumbers()
        var kept: [Step] = []
        for var step in steps {
            for index in step.inputs.indices {
                if let value = replaced[step.inputs[index].value] {
                    step.inputs[index].value = value
                }
            }
            if let primitive = step.primitive.flatMap(Identity.init) {
                let key = Key(primitive: primitive, inputs: step.inputs, randomKey: step.key)
                if let outputs = known[key] {
                    for (old, new) in zip(step.outputs, outputs) { replaced[old] = new }
                    continue
                }
                known[key] = step.outputs
            }
            kept.append(step)
        }
        steps = kept
        for index in results.indices {
            if let value = replaced[results[index].value] { results[index].value = value }
        }
    }

    /// Constants of one number that are the same number as an earlier one, and that one: each factor in a formula is a
    /// tensor of its own.
    private func equalNumbers() -> [Int: Int] {
        struct Number: Hashable {
            let shape: Shape
            let bits: UInt32
        }
        var first: [Number: Int] = [:]
        var replaced: [Int: Int] = [:]
        for (value, description) in values.enumerated() where description.type.shape.count == 1 {
            guard let number = uniform(value) else { continue }
            let key = Number(shape: description.type.shape, bits: number.bitPattern)
            if let earlier = first[key] { replaced[value] = earlier } else { first[key] = value }
        }
        return replaced
    }

    /// Pointwise steps repeat their operands themselves: they need no copies that are already repeated.
    mutating func skipBroadcasts() {
        var sources: [Int: Use] = [:]
        for index in steps.indices {
            guard let primitive = steps[index].primitive else { continue }
            if primitive is Broadcast {
                sources[steps[index].outputs[0]] = steps[index].inputs[0]
            } else if isFusable(steps[index]) {
                for input in steps[index].inputs.indices {
                    let use = steps[index].inputs[input]
                    guard let source = sources[use.value], use.shape == values[use.value].type.shape
                    else { continue }
                    steps[index].inputs[input] = source
                }
            }
        }
    }

    /// Keeps what results and effects need.
    mutating func removeDeadSteps() {
        var needed = Set(results.map(\.value))
        var kept: [Step] = []
        for step in steps.reversed() {
            guard step.effect != nil || step.outputs.contains(where: needed.contains) else {
                continue
            }
            needed.formUnion(step.inputs.map(\.value))
            kept.append(step)
        }
        steps = kept.reversed()
    }

    /// A value that is returned twice is copied for the second time: each result has memory of its own.
    mutating func separateResults() {
        var returned: Set<Int> = []
        for index in results.indices where !returned.insert(results[index].value).inserted {
            let use = results[index]
            let type = TensorType(use.shape, values[use.value].type.scalarType)
            let copy = append(type, .computed)
            steps.append(
                Step(.primitive(Reshape(shape: use.shape)), inputs: [use], outputs: [copy]))
            results[index] = Use(value: copy, shape: use.shape)
        }
    }

    /// For each step those that must come before it: what it reads from, and, where it changes a cell, everything
    /// that reads what the cell held. Effects keep their order.
    func predecessors() -> [[Int]] {
        var producers: [Int: Int] = [:]
        var cellReaders: [Int: [Int]] = [:]
        for (number, step) in steps.enumerated() {
            for value in step.outputs { producers[value] = number }
            for use in step.inputs {
                if case .cell = values[use.value].origin {
                    cellReaders[use.value, default: []].append(number)
                }
            }
        }
        var lastEffect: Int?
        return steps.enumerated().map { number, step in
            var before = Set(step.inputs.compactMap { producers[$0.value] })
            if let effect = step.effect {
                if let lastEffect { before.insert(lastEffect) }
                lastEffect = number
                if effect.cell != nil, let old = step.inputs.last {
                    before.formUnion(cellReaders[old.value] ?? [])
                }
            }
            before.remove(number)
            return before.sorted()
        }
    }
}

/// What makes two primitives the same operation.
private enum Identity: Hashable {
    case value(AnyHashable)
    /// Of a type of plain numbers: they lie alike in memory. Gaps between them may hold anything, so that equal values
    /// may differ here, and then are computed twice; values that differ are never alike.
    case bytes(ObjectIdentifier, [UInt8])

    /// Nil where a primitive holds references and says nothing of its equality.
    init?(_ primitive: any Primitive) {
        if let value = primitive as? any Hashable {
            self = .value(AnyHashable(value))
            return
        }
        guard let bytes = plainBytes(of: primitive) else { return nil }
        self = .bytes(ObjectIdentifier(type(of: primitive)), bytes)
    }
}

/// The memory of a value of plain numbers; nil when it holds references.
private func plainBytes<Value>(of value: Value) -> [UInt8]? {
    guard _isPOD(Value.self) else { return nil }
    return withUnsafeBytes(of: value) { Array($0) }
}
