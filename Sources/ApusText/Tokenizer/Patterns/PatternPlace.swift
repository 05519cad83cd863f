/// What the conditions of an expression look at, at one place of a text.
struct PatternPlace {
    /// The class of the scalar behind the place; nil at the text's end.
    var current: Int?
    /// The class of the scalar before the place; nil at the text's start.
    var previous: Int?
    /// Whether the search began here.
    var isSearchStart = false
    /// The bits of ``PatternBits`` here, nil when the expression has none.
    var bits: UnsafePointer<UInt8>?
    /// From a byte of bits to the next of the same place.
    var stride = 1

    func bit(_ number: Int) -> Bool {
        guard let bits else { return false }
        return bits[(number >> 3) * stride] >> UInt8(number & 7) & 1 == 1
    }
}

/// Bits that the fragments of a program leave at each place of a text, eight of them in a byte.
final class PatternBits {
    /// How many places there are: the bytes of the text and its end.
    let places: Int
    private let memory: UnsafeMutablePointer<UInt8>

    init(places: Int, bits: Int) {
        self.places = places
        let count = places * ((bits + 7) / 8)
        memory = .allocate(capacity: max(count, 1))
        memory.initialize(repeating: 0, count: max(count, 1))
    }

    /// As many places as there are combinations of some bits, each with one of them.
    convenience init(combinations bits: [Int], of count: Int) {
        self.init(places: 1 << bits.count, bits: count)
        for place in 0..<places {
            for (index, bit) in bits.enumerated() where place >> index & 1 == 1 {
                set(bit, at: place)
            }
        }
    }

    deinit { memory.deallocate() }

    /// Sets a bit of a place.
    func set(_ bit: Int, at place: Int) {
        memory[(bit >> 3) * places + place] |= 1 << UInt8(bit & 7)
    }

    /// The bits of a place; those of the next eight lie `places` bytes on.
    func row(at place: Int) -> UnsafePointer<UInt8> { UnsafePointer(memory + place) }

    func bit(_ bit: Int, at place: Int) -> Bool {
        memory[(bit >> 3) * places + place] >> UInt8(bit & 7) & 1 == 1
    }
}
