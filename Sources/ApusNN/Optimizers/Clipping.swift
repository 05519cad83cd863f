import ApusCore

extension Gradients {
    /// The Euclidean norm over all gradients together, computed in double.
    public var norm: Float { Float(squaredNorm.squareRoot()) }

    private var squaredNorm: Double {
        entries.reduce(0) { $0 + $1.cotangent.values.squaredNorm }
    }

    /// The gradients scaled down so that their norm is at most `norm` (Pascanu et al. 2013); unchanged if it is.
    public func clipped(toNorm limit: Float) -> Gradients {
        let norm = norm
        guard norm > limit else { return self }
        let factor = Double(limit / norm)
        var clipped = self
        clipped.transform { $1.scaled(by: factor) }
        return clipped
    }
}

extension Tensor {
    /// Σ x² in double: chunks of 64 Ki elements, which threads may share, added in order.
    var squaredNorm: Double {
        guard scalarType == .float32 else {
            return scalars(of: Double.self).reduce(0) { $0 + $1 * $1 }
        }
        let chunk = 64 * 1024
        let chunks = (count + chunk - 1) / chunk
        if chunks <= 1 { return Kernels.optimizer.pointee.squared_norm(storage.floats, count) }
        let partial = UnsafeMutablePointer<Double>.allocate(capacity: chunks)
        defer { partial.deallocate() }
        nonisolated(unsafe) let sums = partial
        Parallel.run(chunks) { index in
            let start = index * chunk
            sums[index] = Kernels.optimizer.pointee.squared_norm(
                storage.floats + start, Swift.min(chunk, count - start))
        }
        return (0..<chunks).reduce(0) { $0 + sums[$1] }
    }
}
