/// Gives each distinct string a number from 0 up, in the order in which they come.
///
/// Strings are compared by their bytes: `é` and `e` with an accent are two. Two strings with the
/// same hash are told apart, at the cost of a second look.
public struct StringInterner: Sendable {
    /// The distinct strings, in the order of their numbers.
    public private(set) var strings = TextStore()
    private var index = HashIndex()

    /// An interner that has seen nothing.
    public init() {}

    /// How many distinct strings there are.
    public var count: Int { strings.count }

    /// The number of a string given by its bytes; the next free one if it is new.
    public mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var hash = FeatureHash.hash(tagged: bytes)
        while true {
            let (id, isNew) = index.insert(hash)
            if isNew { strings.append(bytes) }
            if isNew || isString(Int(id), bytes) { return Int(id) }
            hash = Self.rehash(hash)
        }
    }

    /// The number of a string given by its bytes, or nil if it was never interned.
    public func id(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var hash = FeatureHash.hash(tagged: bytes)
        while true {
            let id = index.id(of: hash)
            if id < 0 { return nil }
            if isString(Int(id), bytes) { return Int(id) }
            hash = Self.rehash(hash)
        }
    }

    /// The number of a string; the next free one if it is new.
    public mutating func intern(_ string: String) -> Int {
        var string = string
        return string.withUTF8 { intern($0) }
    }

    /// The number of a string, or nil if it was never interned.
    public func id(of string: String) -> Int? {
        var string = string
        return string.withUTF8 { id(of: $0) }
    }

    private func isString(_ id: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        strings.withBytes(of: id) { $0.elementsEqual(bytes) }
    }

    /// Where to look when another string has the hash.
    private static func rehash(_ hash: UInt64) -> UInt64 { FeatureHash.finish(hash &+ 1) }
}

extension TextStore {
    /// The positions of the texts in the order of their bytes, shorter before longer.
    func sortedPositions() -> [Int] {
        bytes.withUnsafeBufferPointer { bytes in
            (0..<count).sorted { first, second in
                UnsafeBufferPointer(rebasing: bytes[offsets[first]..<offsets[first + 1]])
                    .lexicographicallyPrecedes(
                        UnsafeBufferPointer(rebasing: bytes[offsets[second]..<offsets[second + 1]]))
            }
        }
    }
}
