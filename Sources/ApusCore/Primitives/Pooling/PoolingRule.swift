/// Which stretches of an axis are pooled into one element each.
package enum PoolingRule: Sendable, Hashable {
    /// Windows of `width` elements, `stride` apart; what is left at the end is not looked at.
    case sliding(width: Int, stride: Int)
    /// So many windows as equal as can be, which together cover everything (window i of n: ⌊i·size/n⌋ ..<
    /// ⌈(i + 1)·size/n⌉).
    case adaptive(count: Int)
    /// One window for each item of the batch, as long as the item truly is.
    case withinLengths

    /// The number of windows along an axis; nil when none fits.
    func count(_ size: Int) -> Int? {
        switch self {
        case .sliding(let width, let stride):
            width < 1 || stride < 1 || size < width ? nil : (size - width) / stride + 1
        case .adaptive(let count): count < 1 || size < 1 ? nil : count
        case .withinLengths: size < 1 ? nil : 1
        }
    }

    /// One of the windows of an axis.
    func window(_ index: Int, of size: Int, length: Int) -> Range<Int> {
        switch self {
        case .sliding(let width, let stride): index * stride..<index * stride + width
        case .adaptive(let count):
            index * size / count..<((index + 1) * size + count - 1) / count
        case .withinLengths: 0..<length
        }
    }
}

/// The windows of one axis of a tensor: `[outer, size, inner]` becomes `[outer, windows, inner]`.
struct PoolingWindows {
    let rule: PoolingRule
    let outer: Int
    let size: Int
    let inner: Int
    let count: Int
    private let lengths: UnsafePointer<Int32>?
    /// How many rows share a length.
    private let rowsOfItem: Int

    /// - Parameters:
    ///   - lengths: `int32`, one for each position of the first axis; nil but for ``PoolingRule/withinLengths``.
    init(_ rule: PoolingRule, _ shape: Shape, axis: Int, lengths: TensorView?, _ name: String) {
        self.rule = rule
        (outer, size, inner) = shape.around(axis)
        count = rule.count(size) ?? 0
        rowsOfItem = Swift.max(outer / Swift.max(shape[0], 1), 1)
        if let lengths { requireLengths(lengths, upTo: size, name) }
        self.lengths = lengths.map { UnsafePointer($0.elements(as: Int32.self)) }
    }

    func window(_ row: Int, _ index: Int) -> Range<Int> {
        rule.window(
            index, of: size, length: lengths.map { Int($0[row / rowsOfItem]) } ?? size)
    }

    /// The shape of the result; throws unless the windows fit the axis.
    static func result(
        _ rule: PoolingRule, _ inputs: Operands, axis: Int, refuse: (String) -> ShapeError
    ) throws(ShapeError) -> Shape {
        var shape = inputs[0].shape
        guard inputs[0].scalarType.isFloating else {
            throw refuse("the elements are \(inputs[0].scalarType); they must be floats")
        }
        guard axis > 0, axis < shape.rank else { throw refuse("there is no axis \(axis) to pool") }
        guard let count = rule.count(shape[axis]) else {
            throw refuse("no window fits into axis \(axis)")
        }
        if rule == .withinLengths {
            guard inputs.count == 2, inputs[1].scalarType == .int32,
                inputs[1].shape == Shape(shape[0])
            else { throw refuse("one int32 length for each item of the batch is needed") }
        }
        shape[axis] = count
        return shape
    }
}
