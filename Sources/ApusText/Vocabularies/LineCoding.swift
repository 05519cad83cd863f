/// Writes the text files of vocabularies: a heading, then lines of fields.
struct LineWriter {
    private(set) var bytes: [UInt8]

    init(heading: String) {
        bytes = Array(heading.utf8)
        endLine()
    }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(number: Int) { bytes.append(contentsOf: String(number).utf8) }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }

    mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            default: bytes.append(byte)
            }
        }
    }

    mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
}

/// Reads what a `LineWriter` wrote, line by line and field by field.
struct LineScanner {
    private let bytes: [UInt8]
    private let file: String
    private(set) var lineNumber = 1
    /// The part of the current line that is not yet read.
    private var rest: Range<Int>
    private var nextLine: Int

    init(_ bytes: [UInt8], file: String, heading: String) throws(TextError) {
        guard bytes.starts(with: (heading + "\n").utf8) else {
            throw .wrongHeading(file: file, expected: heading)
        }
        self.bytes = bytes
        self.file = file
        nextLine = heading.utf8.count + 1
        rest = nextLine..<nextLine
    }

    /// Goes to the next line; false at the end.
    mutating func next() -> Bool {
        guard nextLine < bytes.count else { return false }
        let end =
            bytes.withUnsafeBufferPointer { $0[nextLine...].firstIndex(of: UInt8(ascii: "\n")) }
            ?? bytes.count
        rest = nextLine..<end
        nextLine = end + 1
        lineNumber += 1
        return true
    }

    func error(_ problem: String) -> TextError {
        .brokenLine(file: file, line: lineNumber, problem: problem)
    }

    /// A number of decimal digits.
    mutating func number() throws(TextError) -> Int {
        var value = 0
        let start = rest.lowerBound
        while let byte = first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            if tooLarge || overflow { throw error("the number is too large") }
            value = sum
            rest = rest.lowerBound + 1..<rest.upperBound
        }
        if rest.lowerBound == start { throw error("a number was expected") }
        return value
    }

    /// A tab, or the end of the line.
    mutating func endField(atLineEnd: Bool) throws(TextError) {
        if atLineEnd {
            guard rest.isEmpty else { throw error("the line should end after its number") }
        } else {
            guard first == UInt8(ascii: "\t") else { throw error("a tab was expected") }
            rest = rest.lowerBound + 1..<rest.upperBound
        }
    }

    /// The next byte of the line, or nil at its end.
    mutating func byte() -> UInt8? {
        guard let byte = first else { return nil }
        rest = rest.lowerBound + 1..<rest.upperBound
        return byte
    }

    /// What is left of the line, as it stands.
    func withRest<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[rest])) }
    }

    /// What is left of the line, with the writer's escapes undone.
    func restUnescaped() throws(TextError) -> [UInt8] {
        var result: [UInt8] = []
        var position = rest.lowerBound
        while position < rest.upperBound {
            var byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\\") {
                guard position < rest.upperBound else { throw error("“\\” at the end") }
                switch bytes[position] {
                case UInt8(ascii: "\\"): break
                case UInt8(ascii: "t"): byte = UInt8(ascii: "\t")
                case UInt8(ascii: "n"): byte = UInt8(ascii: "\n")
                case UInt8(ascii: "r"): byte = UInt8(ascii: "\r")
                default: throw error("“\\” before a byte that needs none")
                }
                position += 1
            }
            result.append(byte)
        }
        return result
    }

    private var first: UInt8? { rest.isEmpty ? nil : bytes[rest.lowerBound] }
}
