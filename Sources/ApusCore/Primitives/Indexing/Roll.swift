extension Tensor {
    /// The elements moved along an axis, those that leave it at one end coming in at the other.
    ///
    /// ```swift
    /// Tensor([1, 2, 3, 4]).rolled(by: 1, axis: 0)     // [4, 1, 2, 3]
    /// ```
    /// - Parameters:
    ///   - places: how far; negative ones towards the front.
    ///   - axis: along which axis.
    public func rolled(by places: Int, axis: Int) -> Tensor {
        let resolved = requireAxis(axis, "Rolled")
        let size = shape[resolved]
        if size == 0 { return self }
        let shift = (places % size + size) % size
        if shift == 0 { return self }
        return concatenated(
            [
                slice(size - shift..<size, axis: resolved),
                slice(0..<size - shift, axis: resolved),
            ], axis: resolved)
    }
}
