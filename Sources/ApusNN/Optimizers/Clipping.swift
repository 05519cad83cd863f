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
    ///
    /// - Parameter limit: above 0. A gradient that is not finite stays so: see ``isFinite``.
    public func clipped(toNorm limit: Float) -> Gradients {
        guard count > 0 else { return self }
        return clipped(toNorm: limit, from: jointNorm)
    }

    /// The same, by somebody who knows the norm.
    package func clipped(toNorm limit: Float, from norm: Tensor) -> Gradients {
        requireLimit(limit, "clipped(toNorm:)")
        return scaled(by: minimum(Double(limit) / norm, norm.like(1)))
    }

    private func requireLimit(_ limit: Float, _ place: String) {
        guard limit > 0 else {
            fatalError("Gradients.\(place): the limit is \(limit); it must be a number above 0")
        }
    }

    /// The gradients with every number brought into `-limit...limit`.
    ///
    /// - Parameter limit: above 0.
    public func clipped(toValue limit: Float) -> Gradients {
        requireLimit(limit, "clipped(toValue:)")
        var clipped = self
        clipped.transform { _, cotangent in
            cotangent.mapped {
                minimum(maximum($0, $0.like(-Double(limit))), $0.like(Double(limit)))
            }
        }
        return clipped
    }
}
