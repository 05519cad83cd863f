extension Tensor {
    /// The integers of a range (`int32`): `[0, 1, 2]` for `0..<3`.
    public static func range(_ range: Range<Int>) -> Tensor {
        guard Int32(exactly: range.lowerBound) != nil, Int32(exactly: range.upperBound) != nil
        else {
            fatalError("Tensor.range: \(range) is outside what int32 holds")
        }
        return Tensor(range.map { Int32($0) }, shape: Shape(range.count))
    }

    /// `start`, `start + step`, … in front of `end`: `arange`.
    public static func steps(from start: Double, to end: Double, by step: Double = 1) -> Tensor {
        guard step != 0, start.isFinite, end.isFinite, step.isFinite else {
            fatalError("Tensor.steps: from \(start) to \(end) by \(step) never ends")
        }
        let count = Swift.max(0, Int(((end - start) / step).rounded(.up)))
        return Tensor((0..<count).map { Float(start + Double($0) * step) })
    }

    /// `count` numbers from `start` to `end`, both included, equally far apart: `linspace`.
    public static func linspace(from start: Double, through end: Double, count: Int) -> Tensor {
        guard count >= 1 else {
            fatalError("Tensor.linspace: \(count) numbers; at least one is needed")
        }
        let gaps = Double(Swift.max(count - 1, 1))
        return Tensor(
            (0..<count).map { index in
                let share = Double(index) / gaps
                return Float(start * (1 - share) + end * share)
            })
    }

    /// The unit matrix.
    public static func identity(_ size: Int, _ type: ScalarType = .float32) -> Tensor {
        (Tensor.range(0..<size).equal(to: Tensor.range(0..<size).reshaped(to: Shape(size, 1))))
            .converted(to: type)
    }
}
