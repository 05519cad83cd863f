extension Tensor {
    /// The only element of a tensor that has one, as `Float`.
    public var scalar: Float {
        guard count == 1 else {
            fatalError("Tensor.scalar: \(shape) has \(count) elements; take one or reduce it first")
        }
        requireReadable("Tensor.scalar")
        switch scalarType {
        case .float32: return storage.floats.pointee
        case .float64: return Float(storage.elements(as: Double.self).pointee)
        case .int32: return Float(storage.elements(as: Int32.self).pointee)
        case .bool: return storage.elements(as: Bool.self).pointee ? 1 : 0
        }
    }

    /// The only element of a tensor that has one, with all its digits when it is `float64`.
    public var scalar64: Double {
        guard count == 1 else {
            fatalError(
                "Tensor.scalar64: \(shape) has \(count) elements; take one or reduce it first")
        }
        return element(at: 0)
    }

    /// The only element of a tensor that has one and whose elements are of that very type.
    public func scalar<S: Scalar>(as type: S.Type) -> S {
        withElements(of: type) { elements in
            guard elements.count == 1 else {
                fatalError(
                    "Tensor.scalar: \(shape) has \(count) elements; take one or reduce it first")
            }
            return elements[0]
        }
    }

    /// The elements, row by row, of a `float32` tensor.
    public var floats: [Float] { scalars(of: Float.self) }

    /// The elements, row by row, of a tensor of that very type.
    public func scalars<S: Scalar>(of type: S.Type) -> [S] {
        requireReadable("Tensor.floats")
        return withElements(of: type) { Array($0) }
    }

    /// Lends the elements, row by row, of a tensor of that very type.
    public func withElements<S: Scalar, Result>(
        of type: S.Type, _ body: (UnsafeBufferPointer<S>) throws -> Result
    ) rethrows -> Result {
        guard S.scalarType == scalarType else {
            fatalError("Tensor: the elements are \(scalarType), not \(S.scalarType); convert first")
        }
        requireReadable("Tensor.withElements")
        return try body(
            UnsafeBufferPointer(start: UnsafePointer(storage.elements(as: S.self)), count: count))
    }

    /// The element at `index`, counted along the last axis first, as `Double`.
    package func element(at index: Int) -> Double {
        requireReadable("Tensor.element")
        return storage.view.element(at: index)
    }

    /// The bytes of the elements, little-endian, row by row.
    public func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        requireReadable("Tensor.withBytes")
        return try body(UnsafeRawBufferPointer(start: storage.pointer, count: storage.byteCount))
    }
}

extension Tensor {
    /// Stops in compiled code, where elements differ from call to call.
    @inline(__always)
    private func requireReadable(_ reading: String) {
        if Tracer.isTracing { Tracer.requireConstant(storage, reading) }
    }
}

extension Tensor: CustomStringConvertible {
    /// The elements in nested brackets, as they would be written; long axes are shortened.
    public var description: String {
        requireReadable("Tensor.description")
        return text(axis: 0, offset: 0)
    }

    private func text(axis: Int, offset: Int) -> String {
        guard axis < rank else { return elementText(offset) }
        let stride = shape.dropFirst(axis + 1).reduce(1, *)
        let size = shape[axis]
        let shown = size > 12 ? Array(0..<5) + [-1] + Array(size - 5..<size) : Array(0..<size)
        let parts = shown.map { $0 < 0 ? "…" : text(axis: axis + 1, offset: offset + $0 * stride) }
        let separator = axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }

    private func elementText(_ index: Int) -> String {
        switch scalarType {
        case .float32: "\(storage.floats[index])"
        case .float64: "\(storage.elements(as: Double.self)[index])"
        case .int32: "\(storage.elements(as: Int32.self)[index])"
        case .bool: "\(storage.elements(as: Bool.self)[index])"
        }
    }
}
