extension Tensor {
    /// A scalar.
    @inline(__always)
    public init(_ value: Float) {
        self.init(scalar: value)
    }

    /// A vector.
    public init(_ values: [Float]) {
        self.init(values, shape: Shape(values.count))
    }

    /// A matrix of rows of one length. `Tensor([])` is a vector without elements.
    @_disfavoredOverload
    public init(_ rows: [[Float]]) {
        let columns = rows.first?.count ?? 0
        if let odd = rows.firstIndex(where: { $0.count != columns }) {
            fatalError(
                "Tensor: row \(odd) has \(rows[odd].count) elements, row 0 has \(columns); rows must be equally long"
            )
        }
        self.init(Array(rows.joined()), shape: Shape(rows.count, columns))
    }

    /// A vector of integers: ids, labels.
    public init(ids values: [Int32]) {
        self.init(values, shape: Shape(values.count))
    }

    /// A tensor with the given elements, row by row.
    public init(_ values: [Float], shape: Shape) {
        self.init(elements: values, shape: shape)
    }

    /// A tensor with the given elements of any type, row by row.
    @_disfavoredOverload
    public init<S: Scalar>(_ values: [S], shape: Shape) {
        self.init(elements: values, shape: shape)
    }

    private init<S: Scalar>(elements values: [S], shape: Shape) {
        guard values.count == shape.count else {
            fatalError("Tensor: \(values.count) elements do not fill \(shape) (\(shape.count))")
        }
        shape.requireSizes()
        let storage = Storage(shape: shape, scalarType: S.scalarType)
        values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress {
                storage.pointer.copyMemory(from: source, byteCount: bytes.count)
            }
        }
        self.init(storage)
    }

    /// A tensor of which every element is `value`.
    public init<S: Scalar>(repeating value: S, shape: Shape) {
        shape.requireSizes()
        let storage = Storage(shape: shape, scalarType: S.scalarType)
        storage.elements(as: S.self).update(repeating: value, count: storage.count)
        self.init(storage)
    }

    /// A tensor of zeros.
    public static func zeros(_ shape: Shape, _ type: ScalarType = .float32) -> Tensor {
        shape.requireSizes()
        let storage = Storage(shape: shape, scalarType: type)
        storage.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: storage.byteCount)
        return Tensor(storage)
    }

    /// A tensor of ones.
    public static func ones(_ shape: Shape, _ type: ScalarType = .float32) -> Tensor {
        filled(1, shape, type)
    }

    /// A tensor whose elements a function writes, in one contiguous buffer.
    public static func unsafe<S: Scalar>(
        shape: Shape, of type: S.Type = S.self,
        fill: (UnsafeMutableBufferPointer<S>) throws -> Void
    ) rethrows -> Tensor {
        shape.requireSizes()
        let storage = Storage(shape: shape, scalarType: S.scalarType)
        try fill(
            UnsafeMutableBufferPointer(start: storage.elements(as: S.self), count: storage.count))
        return Tensor(storage)
    }

    /// A tensor of which every element is `value`, of the given type.
    package static func filled(_ value: Double, _ shape: Shape, _ type: ScalarType) -> Tensor {
        switch type {
        case .float32: Tensor(repeating: Float(value), shape: shape)
        case .float64: Tensor(repeating: value, shape: shape)
        case .int32: Tensor(repeating: Int32(value), shape: shape)
        case .bool: Tensor(repeating: value != 0, shape: shape)
        }
    }

    @inline(__always)
    package init<S: Scalar>(scalar: S) {
        let storage = Storage(shape: .scalar, scalarType: S.scalarType)
        storage.elements(as: S.self).initialize(to: scalar)
        self.init(storage)
    }
}
