// Repeating is broadcasting along an axis of size 1 that is then merged with its neighbour: one copy.
extension Tensor {
    /// The tensor so many times after itself along an axis: `[a, b]` three times is `[a, b, a, b, a, b]` (tile).
    public func repeated(_ count: Int, axis: Int = 0) -> Tensor {
        repeating(count, axis, eachElement: false)
    }

    /// Each position so many times along an axis: `[a, b]` three times is `[a, a, a, b, b, b]`.
    public func repeatingEach(_ count: Int, axis: Int = 0) -> Tensor {
        repeating(count, axis, eachElement: true)
    }

    private func repeating(_ count: Int, _ axis: Int, eachElement: Bool) -> Tensor {
        let resolved = requireAxis(axis, "Repeat")
        guard count >= 0 else {
            fatalError("Repeat: \(shape): \(count) times; at least 0 is needed")
        }
        let place = eachElement ? resolved + 1 : resolved
        var wide = shape.inserting(1, at: place)
        let single = wide
        wide[place] = count
        var result = shape
        result[resolved] *= count
        return reshaped(to: single).broadcast(to: wide).reshaped(to: result)
    }

    /// With one more axis of size 1; −1 puts it last.
    public func expandingAxis(_ axis: Int) -> Tensor {
        guard let place = shape.inserting(1, at: 0).resolved(axis: axis) else {
            fatalError("Reshape: \(shape): there is no place \(axis) for a new axis")
        }
        return reshaped(to: shape.inserting(1, at: place))
    }

    /// Without an axis of size 1.
    public func squeezingAxis(_ axis: Int) -> Tensor {
        let resolved = requireAxis(axis, "Reshape")
        guard shape[resolved] == 1 else {
            fatalError("Reshape: \(shape): axis \(resolved) has the size \(shape[resolved]), not 1")
        }
        return reshaped(to: shape.removing(axis: resolved))
    }
}
