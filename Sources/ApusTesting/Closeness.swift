import ApusCore

/// How far apart two tensors are at the worst element; nil when shapes or types differ.
package func largestDifference(_ a: Tensor, _ b: Tensor) -> Double? {
    guard a.shape == b.shape, a.scalarType == b.scalarType else { return nil }
    return (0..<a.count).reduce(0.0) { worst, index in
        let (x, y) = (a.element(at: index), b.element(at: index))
        if x == y || (x.isNaN && y.isNaN) { return worst }
        let difference = abs(x - y)
        return difference.isNaN ? .infinity : max(worst, difference)
    }
}

/// Whether two tensors are the same to the bit, any NaN being the same as any other.
package func sameBits(_ a: Tensor, _ b: Tensor) -> Bool {
    guard a.shape == b.shape, a.scalarType == b.scalarType else { return false }
    return (0..<a.count).allSatisfy { index in
        let (x, y) = (a.element(at: index), b.element(at: index))
        return x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
    }
}
