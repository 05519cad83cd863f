/// A part of a computation whose record is not kept: the backward pass does it again, with a record, when it gets there.
///
/// Its operands are the tensors that the part is given, and the leaves that it reads of itself, as layers read their
/// parameters: both get gradients.
struct Recomputation: @unchecked Sendable {
    // `@unchecked Sendable`: as other records, it is followed by one task at a time.
    private let replay: ([Tensor]) -> Tensor
    private let givenCount: Int

    /// Computes a part and keeps its result alone.
    ///
    /// - Parameters:
    ///   - inputs: what the part is given.
    ///   - first: the part, as it is done now.
    ///   - replay: the part, as it is done again: the same numbers.
    static func result(
        of inputs: [Tensor], first: ([Tensor]) -> Tensor, replay: @escaping ([Tensor]) -> Tensor
    ) -> Tensor {
        guard GradientScope.isRecording else { return first(inputs) }
        // Leaves in the place of what came before, so that the record found below is this part's.
        let standIns = inputs.map { $0.isTracked ? $0.tracked() : $0 }
        let result = first(standIns)
        guard let root = result.node else { return result }
        let own = Set(standIns.compactMap(\.node).map { ObjectIdentifier($0) })
        let leaves = root.leaves.filter {
            $0.node.map { !own.contains(ObjectIdentifier($0)) } ?? false
        }
        let part = Recomputation(replay: replay, givenCount: inputs.count)
        return Tensor(result.storage, Node(part, inputs + leaves, outputs: [result.storage]))
    }
}

extension Recomputation: Primitive {
    package var name: String { "Recompute" }

    package func readsInput(_ index: Int) -> Bool { index < givenCount }

    /// Never asked: the part's own operations give the type.
    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        throw mismatch(inputs, "a part of a computation cannot be applied by itself")
    }

    /// Never asked, likewise.
    package func forward(_ inputs: Operands, into outputs: Operands) {
        fatalError("Recompute: a part of a computation cannot be applied by itself")
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let standIns = (0..<givenCount).map { index in
            let input = step.inputs[index]
            guard step.wants(index) else { return input }
            return step.isRecording ? apply(Reshape(shape: input.shape), input) : input.tracked()
        }
        let leaves = (givenCount..<step.inputs.count).map { index in
            Tensor(
                step.node.inputStorage(index), step.node.inputNode(index)?.takeUnretainedValue())
        }
        let again = GradientScope.$isRecording.withValue(true) { replay(standIns) }
        return InputGradients(
            again.cotangents(
                by: standIns + leaves, from: step.gradient, recording: step.isRecording))
    }
}

extension Node {
    /// The leaves that this was computed from, each once, as tensors; in the order of the record.
    fileprivate var leaves: [Tensor] {
        var found: [Tensor] = []
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        var open: [Node] = [self]
        while let node = open.popLast() {
            for index in 0..<node.inputCount {
                guard let input = node.inputNode(index)?.takeUnretainedValue(),
                    seen.insert(ObjectIdentifier(input)).inserted
                else { continue }
                if input.isLeaf {
                    found.append(Tensor(node.inputStorage(index), input))
                } else {
                    open.append(input)
                }
            }
        }
        return found
    }
}

/// A part of a computation whose record is not kept, see `checkpointed` of the layers' room.
package func recomputed(
    _ inputs: [Tensor], first: ([Tensor]) -> Tensor, replay: @escaping ([Tensor]) -> Tensor
) -> Tensor {
    Recomputation.result(of: inputs, first: first, replay: replay)
}
