/// Integers, orders and samples. All come from one walk, that of Fisher and Yates forwards: place i is exchanged
/// with a place drawn from those not yet passed. A sample is a permutation's beginning, drawn with the same words.
extension RandomGenerator {
    /// A number in `0 ..< bound`, each exactly as likely as any other.
    ///
    /// Lemire, "Fast random integer generation in an interval", 2019: the upper half of word · bound, redrawn
    /// in the rare case that the lower half falls into the overhang. Bounds that fit in 32 bits take one word
    /// a try, larger ones two.
    public mutating func integer(below bound: Int) -> Int {
        guard bound > 0 else {
            fatalError("RandomGenerator.integer(below: \(bound)): there is no such number.")
        }
        if let bound = UInt32(exactly: bound) {
            var product = nextWord().multipliedFullWidth(by: bound)
            if product.low < bound {
                let overhang = (0 &- bound) % bound
                while product.low < overhang {
                    product = nextWord().multipliedFullWidth(by: bound)
                }
            }
            return Int(product.high)
        }
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let overhang = (0 &- bound) % bound
            while product.low < overhang {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return Int(product.high)
    }

    /// The numbers `0 ..< count` in a random order.
    public mutating func permutation(of count: Int) -> [Int] {
        guard count >= 0 else {
            fatalError("RandomGenerator.permutation(of: \(count)): a count cannot be negative.")
        }
        return shuffled(Array(0..<count))
    }

    /// The values in a random order.
    public mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
        var values = values
        shuffle(&values)
        return values
    }

    /// Brings the values into a random order.
    public mutating func shuffle<Value>(_ values: inout [Value]) {
        exchange(firstPlaces: values.count, of: &values)
    }

    /// `count` different numbers of `0 ..< bound`, in the order in which they were drawn.
    public mutating func sample(_ count: Int, below bound: Int) -> [Int] {
        guard count >= 0, count <= bound else {
            fatalError(
                "RandomGenerator.sample(\(count), below: \(bound)): not that many different numbers."
            )
        }
        // Few of many: only the places that were exchanged are remembered.
        guard bound / 8 > count else {
            var numbers = Array(0..<bound)
            exchange(firstPlaces: count, of: &numbers)
            return Array(numbers[..<count])
        }
        var moved: [Int: Int] = [:]
        return (0..<count).map { place in
            let drawn = place + integer(below: bound - place)
            let number = moved[drawn] ?? drawn
            moved[drawn] = moved[place] ?? place
            return number
        }
    }

    private mutating func exchange<Value>(firstPlaces count: Int, of values: inout [Value]) {
        let total = values.count
        values.withUnsafeMutableBufferPointer { buffer in
            for place in 0..<count {
                buffer.swapAt(place, place + integer(below: total - place))
            }
        }
    }
}
