import ApusCore

extension Gradients {
    /// The Euclidean norm over all gradients together, computed in double.
    ///
    /// Reading it is for reports; ``clipped(toNorm:)`` does not.
    public var norm: Float { jointNorm.converted(to: .float32).scalar }

    /// ``norm`` as a tensor without axes.
    public var jointNorm: Tensor {
        let norm = apply(JointNorm(), unscaled.map(\.cotangent.values))[0]
        return scale.map { norm * $0 } ?? norm
    }

    /// The gradients scaled down so that their norm is at most `limit` (Pascanu et al. 2013); unchanged if it is.
    ///
    ///     g · min(1, limit / ‖g‖)
    ///
    /// The norm takes one pass over the gradients, the product none: optimizers multiply while they read.
    public func clipped(toNorm limit: Float) -> Gradients {
        guard count > 0 else { return self }
        let norm = jointNorm
        return scaled(by: minimum(Double(limit) / norm, norm.like(1)))
    }

    /// The gradients with every number brought into `-limit...limit`.
    public func clipped(toValue limit: Float) -> Gradients {
        var clipped = self
        clipped.transform { _, cotangent in
            cotangent.mapped {
                minimum(maximum($0, $0.like(-Double(limit))), $0.like(Double(limit)))
            }
        }
        return clipped
    }
}
