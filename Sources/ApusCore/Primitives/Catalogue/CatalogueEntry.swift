/// An operation as the generic tests know it: operands that fit it and operands that do not.
package struct CatalogueEntry: Sendable {
    /// The name of the primitive, or of the formula when it is a ``Pointwise`` one.
    package let name: String
    /// Fitting operands, of odd sizes.
    package let samples: [Sample]
    /// Operands that the shape rule must refuse.
    package let failures: [FailingSample]

    package init(_ name: String, _ samples: [Sample], failures: [FailingSample]) {
        self.name = name
        self.samples = samples
        self.failures = failures
    }
}

/// A primitive and operands that fit it.
package struct Sample: Sendable, CustomStringConvertible {
    package let primitive: any Primitive
    package let operands: [SampleOperand]

    package init(_ primitive: any Primitive, _ operands: [SampleOperand]) {
        self.primitive = primitive
        self.operands = operands
    }

    /// The operands with numbers in them; the same key gives the same ones in every floating type.
    package func inputs(_ type: ScalarType, key: RandomKey) -> [Tensor] {
        operands.enumerated().map { $1.tensor(type, key: key.folded(in: $0)) }
    }

    /// Which operands the operation is differentiable by.
    package var differentiable: [Int] { operands.indices.filter { operands[$0].isDifferentiable } }

    /// Large enough to be shared among threads: too large for a test that looks at each element.
    package var isLarge: Bool { operands.contains { $0.shape.count > 1000 } }

    /// `Add of [3, 1] and [7]`.
    package var description: String {
        primitive.name + " of " + operands.map(\.shape.description).joined(separator: " and ")
    }
}

/// How an operand of a sample is made, for the tests of an operation.
public enum SampleOperand: Sendable {
    /// Numbers spread over a range; the operation is differentiable by them.
    case numbers(Shape, in: Range<Float> = -2..<2)
    /// −2, −1, 0, 1 or 2, so that equal ones meet: for operations without a derivative.
    case steps(Shape)
    /// −1 or 1.
    case signs(Shape)
    /// Rows of numbers above 0 whose sum is 1.
    case distributions(Shape)
    /// Truth values.
    case mask(Shape)
    /// `int32` numbers in 0..<below.
    case ids(Shape, below: Int)
    /// These `int32` numbers, in a row or in a shape.
    case integers([Int32], Shape? = nil)
    /// Numbers above 0, constants.
    case positive(Shape)

    /// The operand's shape.
    public var shape: Shape {
        switch self {
        case .numbers(let shape, _), .steps(let shape), .mask(let shape), .ids(let shape, _),
            .signs(let shape), .distributions(let shape), .positive(let shape):
            shape
        case .integers(let values, let shape): shape ?? Shape(values.count)
        }
    }

    /// Whether gradients by it are tested.
    public var isDifferentiable: Bool {
        if case .numbers = self { return true }
        return false
    }

    /// The operand with numbers in it: the same ones for the same key, in every floating type.
    public func tensor(_ type: ScalarType, key: RandomKey) -> Tensor {
        switch self {
        case .numbers(let shape, let range):
            return Tensor.uniform(shape, in: range, key: key).converted(to: type)
        case .steps(let shape):
            return (floor(Tensor.uniform(shape, in: 0..<5, key: key)) - 2).converted(to: type)
        case .signs(let shape):
            return sign(Tensor.uniform(shape, in: -1..<1, key: key)).converted(to: type)
        case .distributions(let shape):
            return softmax(Tensor.uniform(shape, in: -2..<2, key: key)).converted(to: type)
        case .mask(let shape):
            return Tensor.uniform(shape, key: key) .< 0.5
        case .ids(let shape, let height):
            return floor(Tensor.uniform(shape, in: 0..<Float(height), key: key)).converted(
                to: .int32)
        case .positive(let shape):
            return Tensor.uniform(shape, in: 0.5..<1.5, key: key).converted(to: type)
        case .integers(let values, let shape):
            return Tensor(values, shape: shape ?? Shape(values.count))
        }
    }
}

/// Operands that do not fit a primitive, and what the shape rule must say.
package struct FailingSample: Sendable {
    package let primitive: any Primitive
    package let operands: [TensorType]
    /// The whole sentence of the ``ShapeError``.
    package let message: String

    package init(_ primitive: any Primitive, _ operands: [TensorType], _ message: String) {
        self.primitive = primitive
        self.operands = operands
        self.message = message
    }
}
