import ApusCore
import CApusKernels

/// One product with numbers in it: what to multiply, computed by the kernels and by the reference.
struct MatMulCase: CustomStringConvertible {
    var rows: Int
    var columns: Int
    var depth: Int
    var leftIsTransposed = false
    var rightIsTransposed = false
    var accumulating = false
    var withBias = false
    var activation = MatMul.Activation.none
    /// Numbers between the rows of each matrix that belong to somebody else.
    var gap = 0
    var left: [Float] = []
    var right: [Float] = []
    var bias: [Float] = []
    var old: [Float] = []

    init(
        _ rows: Int, _ columns: Int, _ depth: Int, leftIsTransposed: Bool = false,
        rightIsTransposed: Bool = false, gap: Int = 0, seed: UInt64 = 1
    ) {
        self.rows = rows
        self.columns = columns
        self.depth = depth
        self.leftIsTransposed = leftIsTransposed
        self.rightIsTransposed = rightIsTransposed
        self.gap = gap
        var numbers = TestNumbers(seed: seed)
        left = numbers.floats((leftIsTransposed ? depth : rows) * leftStride)
        right = numbers.floats((rightIsTransposed ? columns : depth) * rightStride)
        bias = numbers.floats(columns)
        old = numbers.floats(rows * resultStride)
    }

    var leftStride: Int { (leftIsTransposed ? rows : depth) + gap }
    var rightStride: Int { (rightIsTransposed ? depth : columns) + gap }
    var resultStride: Int { columns + gap }

    var description: String {
        "\(rows)×\(depth)\(leftIsTransposed ? "ᵀ" : "") · \(depth)×\(columns)"
            + "\(rightIsTransposed ? "ᵀ" : ""), gap \(gap), accumulating \(accumulating), "
            + "bias \(withBias), activation \(activation)"
    }

    /// C, gaps included, by the kernels of `set`.
    func computed(by set: InstructionSet = .active, packed: Bool = false) -> [Float] {
        result { left, right, bias, result in
            let kernels = MatMul.kernels(for: set)
            if packed {
                let matrix = PackedMatrix(rows: depth, columns: columns, right, kernels: kernels)
                MatMul.multiply(
                    rows: rows, left, matrix, into: result, resultStride: resultStride,
                    accumulating: accumulating, bias: bias, activation: activation)
            } else {
                MatMul.multiply(
                    rows: rows, columns: columns, depth: depth, left, right, into: result,
                    resultStride: resultStride, accumulating: accumulating, bias: bias,
                    activation: activation, kernels: kernels)
            }
        }
    }

    /// C, gaps included, by the definition.
    func expected() -> [Float] {
        result { left, right, bias, result in
            MatMul.reference(
                rows: rows, columns: columns, depth: depth, left, right, into: result,
                resultStride: resultStride, accumulating: accumulating, bias: bias,
                activation: activation)
        }
    }

    private func result(
        _ body: (
            MatMul.Operand<Float>, MatMul.Operand<Float>, UnsafePointer<Float>?,
            UnsafeMutablePointer<Float>
        ) -> Void
    ) -> [Float] {
        var result = old
        // Arrays without elements have no address; products without them read and write nothing.
        let nothing = UnsafeMutablePointer<Float>.allocate(capacity: 1)
        defer { nothing.deallocate() }
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                bias.withUnsafeBufferPointer { bias in
                    result.withUnsafeMutableBufferPointer { result in
                        body(
                            MatMul.Operand(
                                left.baseAddress ?? UnsafePointer(nothing), stride: leftStride,
                                isTransposed: leftIsTransposed),
                            MatMul.Operand(
                                right.baseAddress ?? UnsafePointer(nothing), stride: rightStride,
                                isTransposed: rightIsTransposed),
                            withBias ? bias.baseAddress : nil, result.baseAddress ?? nothing)
                    }
                }
            }
        }
        return result
    }
}

/// Numbers for tests, the same on every machine (xorshift).
struct TestNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() >> 33) % range.count
    }

    mutating func floats(_ count: Int) -> [Float] {
        (0..<max(count, 0)).map { _ in Float(next() >> 40) / Float(1 << 23) - 1 }
    }
}

/// Where two arrays differ in their bits: the first place, told in words; nil when they are equal.
func firstDifference(_ actual: [Float], _ expected: [Float]) -> String? {
    guard actual.count == expected.count else {
        return "\(actual.count) numbers instead of \(expected.count)"
    }
    for (index, (x, y)) in zip(actual, expected).enumerated() where x.bitPattern != y.bitPattern {
        return "number \(index): \(x) instead of \(y)"
    }
    return nil
}
