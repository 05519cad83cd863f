/// Which stretches of an axis are pooled into one element each.
package enum PoolingRule: Sendable, Hashable {
    /// Windows of `width` elements, `stride` apart, the first starting `padding` in front of the axis and the last ending
    /// as far behind it at most; what is left at the end is not looked at. Of the padding nothing is pooled; a mean
    /// divides by the whole width when `countsPadding`.
    case sliding(width: Int, stride: Int, padding: Int = 0, countsPadding: Bool = true)
    /// So many windows as equal as can be, which together cover everything (window i of n: ⌊i·size/n⌋ ..<
    /// ⌈(i + 1)·size/n⌉).
    case adaptive(count: Int)
    /// One window for each item of the batch, as long as the item truly is.
    case withinLengths

    /// The number of windows along an axis; nil when none fits.
    func count(_ size: Int) -> Int? {
        switch self {
        case .sliding(let width, let stride, let padding, _):
            // A window of nothing but padding would have no greatest element.
            width < 1 || stride < 1 || padding < 0 || padding > width / 2
                || size + 2 * padding < width || size == 0
                ? nil : (size + 2 * padding - width) / stride + 1
        // Of nothing too: a batch of empty texts has empty windows.
        case .adaptive(let count): count < 1 ? nil : count
        case .withinLengths: 1
        }
    }

    /// What the mean of a window is divided by.
    func divisor(of window: Range<Int>) -> Int {
        if case .sliding(let width, _, _, true) = self { return width }
        return window.count
    }

    /// One of the windows of an axis.
    func window(_ index: Int, of size: Int, length: Int) -> Range<Int> {
        switch self {
        case .sliding(let width, let stride, let padding, _):
            Swift.max(
                index * stride - padding, 0)..<Swift.min(index * stride - padding + width, size)
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
