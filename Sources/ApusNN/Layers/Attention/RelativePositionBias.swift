import ApusCore

/// A learned number for each head and each distance between a query and a key, added to the scores of an attention
/// (T5, Raffel et al. 2020).
///
/// Distances share buckets: near ones have their own, far ones share them, the wider the farther, and all from
/// `farthest` on have the last. One layer serves all attentions of a stack. The parameter is `weight`
/// `[buckets, heads]`, normal with deviation 0.02 at the start.
///
/// ```swift
/// let distances = RelativePositionBias(heads: 8)
/// let y = encoder(x, mask: .none, bias: distances(queries: 20, keys: 20))
/// ```
public struct RelativePositionBias: ModelPart {
    /// `[buckets, heads]`.
    public let weight: Parameter
    /// From which distance on all share a bucket.
    public let farthest: Int
    /// Half of the buckets are for keys behind the query; otherwise those count as distance 0.
    public let isBidirectional: Bool

    /// The numbers.
    public var children: Children { ["weight": weight] }

    /// Numbers for `buckets` kinds of distance.
    public init(
        heads: Int, buckets: Int = 32, farthest: Int = 128, isBidirectional: Bool = true,
        source: RandomSource = .current
    ) {
        let own = (isBidirectional ? buckets / 2 : buckets) / 2
        guard heads > 0, own > 0, farthest > own else {
            fatalError(
                "RelativePositionBias: \(buckets) buckets for \(heads) heads up to distance \(farthest): at least 4 buckets (2 in one direction), a head, and a farther distance are needed"
            )
        }
        weight = Parameter(
            Initializer.normal(0.02).tensor([buckets, heads], key: source.nextKey()))
        self.farthest = farthest
        self.isBidirectional = isBidirectional
    }

    /// The bias of an attention: `[heads, queries, keys]`.
    ///
    /// - Parameter firstPosition: of the first query, when earlier keys are in a cache.
    public func callAsFunction(queries: Int, keys: Int, firstPosition: Int = 0) -> Tensor {
        var ids: [Int32] = []
        ids.reserveCapacity(queries * keys)
        for query in firstPosition..<firstPosition + queries {
            for key in 0..<keys { ids.append(Int32(bucket(of: key - query))) }
        }
        return embedding(Tensor(ids, shape: [queries, keys]), table: weight.value)
            .permuted([2, 0, 1])
    }

    /// The bucket of a distance: the key's position less the query's.
    package func bucket(of distance: Int) -> Int {
        var count = weight.shape[0]
        var first = 0
        var far = max(-distance, 0)
        if isBidirectional {
            count /= 2
            first = distance > 0 ? count : 0
            far = abs(distance)
        }
        let own = count / 2
        if far < own { return first + far }
        // Logarithmic between `own` and `farthest`: the largest bucket whose least distance is not beyond this one.
        var bucket = own
        while bucket + 1 < count, leastDistance(bucket + 1, own, count) <= Double(far) {
            bucket += 1
        }
        return first + bucket
    }

    /// own · (farthest/own)^((bucket − own)/(count − own)).
    private func leastDistance(_ bucket: Int, _ own: Int, _ count: Int) -> Double {
        let share = Double(bucket - own) / Double(count - own)
        let power = powerOfPositive(Double(farthest) / Double(own), share)
        return Double(own) * power
    }
}
