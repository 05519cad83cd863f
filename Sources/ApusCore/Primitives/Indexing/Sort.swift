/// The elements along an axis in order, or the first few of them; equal ones keep their order, NaN is the largest.
///
/// Outputs: the values, and where they stood (`int32`).
package struct Sort: Primitive {
    let axis: Int
    let isDescending: Bool
    /// How many are kept; nil for all.
    let count: Int?

    package var name: String { count == nil ? "Sort" : "TopK" }
    package var outputCount: Int { 2 }

    package func readsInput(_ index: Int) -> Bool { false }

    package func outputType(_ index: Int, of inputs: Operands) throws(ShapeError) -> TensorType {
        let type = try requireFloating(inputs)
        var shape = inputs[0].shape
        guard axis >= 0 && axis < shape.rank else {
            throw mismatch(inputs, "there is no axis \(axis)")
        }
        if let count {
            guard count >= 0 && count <= shape[axis] else {
                throw mismatch(inputs, "there are not \(count) elements along axis \(axis)")
            }
            shape[axis] = count
        }
        return TensorType(shape, index == 0 ? type : .int32)
    }

    package func forward(_ inputs: Operands, into outputs: Operands) {
        if inputs[0].scalarType == .float64 {
            compute(Double.self, inputs[0], outputs)
        } else {
            compute(Float.self, inputs[0], outputs)
        }
    }

    private func compute<S: SortableScalar>(_: S.Type, _ input: TensorView, _ outputs: Operands) {
        let (outer, size, inner) = input.shape.around(axis)
        let kept = outputs[0].shape[axis]
        guard kept > 0 else { return }
        requireInt32Positions(input.shape, axis)
        let x = input.elements(as: S.self)
        let values = outputs[0].elements(as: S.self)
        let positions = outputs[1].elements(as: Int32.self)
        let byteCount = size * MemoryLayout<SortedElement>.stride
        Parallel.rows(outer * inner, costing: size * (kept <= 64 ? 2 : 16)) { runs in
            let memory = MemoryPool.allocate(byteCount: byteCount)
            defer { MemoryPool.release(memory, byteCount: byteCount) }
            var elements = UnsafeMutableBufferPointer(
                start: memory.bindMemory(to: SortedElement.self, capacity: size), count: size)
            for run in runs {
                let (row, column) = (run / inner, run % inner)
                func element(_ index: Int) -> SortedElement {
                    let key = x[(row * size + index) * inner + column].sortKey
                    return SortedElement(key: isDescending ? ~key : key, index: Int32(index))
                }
                if kept < size && kept <= 64 {
                    Self.selectFirst(kept, of: size, element, elements)
                } else {
                    for index in 0..<size { elements[index] = element(index) }
                    elements.sort()
                }
                for place in 0..<kept {
                    let index = elements[place].index
                    let target = (row * kept + place) * inner + column
                    values[target] = x[(row * size + Int(index)) * inner + column]
                    positions[target] = index
                }
            }
        }
    }

    /// The smallest few in order: each element that beats the last of them is inserted, which few do.
    private static func selectFirst(
        _ kept: Int, of size: Int, _ element: (Int) -> SortedElement,
        _ chosen: UnsafeMutableBufferPointer<SortedElement>
    ) {
        var count = 0
        for index in 0..<size {
            let next = element(index)
            if count == kept && !(next < chosen[kept - 1]) { continue }
            var place = count == kept ? kept - 1 : count
            while place > 0 && next < chosen[place - 1] {
                chosen[place] = chosen[place - 1]
                place -= 1
            }
            chosen[place] = next
            count = Swift.min(count + 1, kept)
        }
    }

    package func derivative(_ step: BackwardStep) -> InputGradients {
        let scatter = ScatterAdd(axis: axis, size: step.inputs[0].shape[axis])
        return InputGradients(apply(scatter, step.gradient, step.outputs[1].detached()))
    }
}

/// A number's place in the order, ties broken by where it stood.
private struct SortedElement: Comparable, BitwiseCopyable {
    let key: UInt64
    let index: Int32

    @inline(__always)
    static func < (a: SortedElement, b: SortedElement) -> Bool {
        a.key < b.key || (a.key == b.key && a.index < b.index)
    }
}

/// Numbers as integers in the same order: −∞ first, both zeros alike, NaN last.
private protocol SortableScalar: FloatingScalar {
    var sortKey: UInt64 { get }
}

extension Float: SortableScalar {
    fileprivate var sortKey: UInt64 {
        if isNaN { return .max >> 1 }
        let bits = (self + 0).bitPattern
        return UInt64(bits >> 31 == 0 ? bits | 1 << 31 : ~bits)
    }
}

extension Double: SortableScalar {
    fileprivate var sortKey: UInt64 {
        if isNaN { return .max }
        let bits = (self + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }
}

extension Tensor {
    /// The elements along an axis in ascending order, or descending, and where they stood (`int32`).
    ///
    /// Equal elements keep their order; NaN counts as the largest.
    public func sorted(axis: Int = -1, descending: Bool = false) -> (
        values: Tensor, positions: Tensor
    ) {
        let resolved = shape.resolved(axis: axis) ?? axis
        let sort = Sort(axis: resolved, isDescending: descending, count: nil)
        let outputs = apply(sort, [self])
        return (outputs[0], outputs[1].detached())
    }

    /// Where the elements stand that come first, second, … in ascending or descending order (`int32`).
    public func argsorted(axis: Int = -1, descending: Bool = false) -> Tensor {
        detached().sorted(axis: axis, descending: descending).positions
    }

    /// The `count` largest elements along an axis, the largest first, and where they stood (`int32`).
    public func top(_ count: Int, axis: Int = -1) -> (values: Tensor, positions: Tensor) {
        let resolved = shape.resolved(axis: axis) ?? axis
        let outputs = apply(Sort(axis: resolved, isDescending: true, count: count), [self])
        return (outputs[0], outputs[1].detached())
    }
}
