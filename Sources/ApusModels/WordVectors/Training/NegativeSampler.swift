import ApusCore

/// Draws words with probabilities proportional to count^power, each draw in the same time: Walker's alias method
/// (1977), the table built by Vose's way (1991).
package struct NegativeSampler {
    package struct Slot {
        /// The slot's own word is drawn where a word of 32 bits is below this, else `other`.
        var threshold: UInt32
        var other: Int32
    }

    package let slots: [Slot]

    package init(counts: [Int], power: Double) {
        let weights = counts.map { powerOfPositive(Double($0), power) }
        let sum = weights.reduce(0, +)
        var shares = weights.map { $0 / sum * Double(counts.count) }
        var slots = (0..<counts.count).map { Slot(threshold: .max, other: Int32($0)) }
        var small = shares.indices.filter { shares[$0] < 1 }
        var large = shares.indices.filter { shares[$0] >= 1 }
        while let poor = small.popLast(), let rich = large.last {
            slots[poor] = Slot(
                threshold: UInt32(min(shares[poor] * 0x1p32, 0x1p32 - 1)), other: Int32(rich))
            shares[rich] -= 1 - shares[poor]
            if shares[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        self.slots = slots
    }

    /// The word for two random words of 32 bits.
    @inline(__always)
    package static func draw(_ a: UInt32, _ b: UInt32, from slots: UnsafeBufferPointer<Slot>)
        -> Int32
    {
        let place = Int(a.multipliedFullWidth(by: UInt32(slots.count)).high)
        let slot = slots[place]
        return b < slot.threshold ? Int32(truncatingIfNeeded: place) : slot.other
    }
}
