import ApusSystem

/// The labels of a classification task and their numbers: in the order of their bytes, from 0 up.
public struct LabelSet: Sendable, Equatable {
    /// The labels, sorted.
    public let names: [String]
    private let interner: StringInterner

    /// The distinct labels among those given.
    public init(_ labels: some Sequence<String>) {
        self.init(StringInterner(labels).strings)
    }

    /// The labels of a store, each of which stands there once.
    private init(_ labels: TextStore) {
        names = labels.sortedPositions().map { labels[$0] }
        interner = StringInterner(names)
    }

    /// The set of the labels seen, and for each by its number there the number in the set.
    public static func sorting(_ seen: StringInterner) -> (labels: LabelSet, numbers: [Int32]) {
        var numbers = [Int32](repeating: 0, count: seen.count)
        for (number, position) in seen.strings.sortedPositions().enumerated() {
            numbers[position] = Int32(number)
        }
        return (LabelSet(seen.strings), numbers)
    }

    /// How many labels there are.
    public var count: Int { names.count }

    /// The label with a number.
    public subscript(id: Int) -> String { names[id] }

    /// The number of a label, or of one that is canonically equal (`é` in one scalar or two), or
    /// nil.
    public func id(of label: String) -> Int? { interner.id(of: label) ?? equivalent(of: label) }

    /// The number of a label given by its bytes, or nil.
    public func id(of label: UnsafeBufferPointer<UInt8>) -> Int? {
        interner.id(of: label) ?? equivalent(of: String(decoding: label, as: UTF8.self))
    }

    /// The number of a label that is canonically equal, `é` in the other spelling.
    private func equivalent(of label: String) -> Int? {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        let wanted = Array(composed(label).utf8)
        return names.firstIndex { composed($0).utf8.elementsEqual(wanted) }
    }

    /// The number of a label.
    ///
    /// - Throws: ``TextError/unknownLabel(label:nearest:)``.
    public func knownID(of label: String) throws(TextError) -> Int {
        guard let id = id(of: label) else {
            throw .unknownLabel(label: label, nearest: nearestName(to: label, among: names))
        }
        return id
    }

    /// Whether both hold the same labels, byte for byte.
    public static func == (left: LabelSet, right: LabelSet) -> Bool {
        left.interner.strings == right.interner.strings
    }
}

extension LabelSet {
    /// The numbers of this set's labels in `other`; nil for those that `other` lacks.
    public func ids(in other: LabelSet) -> [Int?] { names.map { other.id(of: $0) } }

    /// The labels as a text file, one a line; `\`, tab, LF and CR are written `\\`, `\t`, `\n`,
    /// `\r`.
    public func encoded() -> [UInt8] {
        var writer = LineWriter(heading: Self.heading)
        for var name in names {
            name.withUTF8 { writer.append(escaping: $0) }
            writer.endLine()
        }
        return writer.bytes
    }

    /// Reads back what ``encoded()`` wrote.
    ///
    /// - Throws: ``TextError`` naming `file` when a label stands in the wrong place or twice.
    public init(decoding bytes: [UInt8], file: String) throws(TextError) {
        var reader = try LineScanner(bytes, file: file, heading: Self.heading)
        var labels = StringInterner()
        while reader.next() {
            let label = try reader.restUnescaped()
            let id = label.withUnsafeBufferPointer { labels.intern($0) }
            guard id == reader.lineNumber - 2 else {
                throw reader.error("the label is there twice")
            }
        }
        guard labels.strings.sortedPositions().elementsEqual(0..<labels.count) else {
            throw reader.error("the labels are not in order")
        }
        self.init(labels.strings)
    }

    private static let heading = "apus labels 1"
}

extension StringInterner {
    /// An interner that has seen the given strings.
    init(_ strings: some Sequence<String>) {
        self.init()
        for string in strings { _ = intern(string) }
    }
}
