import ApusCore
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct CompletenessTests {
    @Test func everyPrimitiveIsInTheCatalogue() throws {
        let known = Set(
            PrimitiveCatalogue.all.flatMap(\.samples).map { "\(type(of: $0.primitive))" })
        let declared = try names(
            between: ["struct ", "class "], and: ": Primitive", ": ReferencePrimitive")
        #expect(declared.count > 10, "the sources were not read")
        #expect(declared.subtracting(known).sorted() == [])
    }

    @Test func everyFormulaIsInTheCatalogue() throws {
        let known = Set(
            PrimitiveCatalogue.all.flatMap(\.samples).compactMap {
                ($0.primitive as? Pointwise)?.formula.name
                    ?? ($0.primitive as? CheckedPointwise)?.formula.name
            })
        let declared = try names(between: ["PointwiseFormula(\""], and: "\"")
        #expect(declared.count > 30, "the sources were not read")
        #expect(declared.subtracting(known).sorted() == [])
    }

    @Test func everyEntryHasItsOwnNameAndSamples() {
        let names = PrimitiveCatalogue.all.map(\.name)
        #expect(Set(names).count == names.count)
        for entry in PrimitiveCatalogue.all {
            #expect(!entry.samples.isEmpty)
            for sample in entry.samples { #expect(sample.primitive.name == entry.name) }
        }
    }

    /// The words of the sources that stand between one of the beginnings and one of the ends, on one line.
    private func names(between starts: [String], and ends: String...) throws -> Set<String> {
        var found: Set<String> = []
        for line in try sourceLines() where !line.contains("///") {
            for start in starts {
                guard let begin = line.firstRange(of: start)?.upperBound else { continue }
                for end in ends {
                    guard let stop = line[begin...].firstRange(of: end)?.lowerBound else {
                        continue
                    }
                    let name = line[begin..<stop]
                    let behind = line[stop...].dropFirst(end.count).first ?? " "
                    if !name.contains(" "), end == "\"" || !behind.isLetter {
                        found.insert(String(name))
                    }
                }
            }
        }
        return found
    }

    /// Every line of the rooms that have operations.
    private func sourceLines() throws -> [Substring] {
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        return ["ApusCore", "ApusNN"].flatMap { lines(below: "\(root)/Sources/\($0)") }
    }

    private func lines(below directory: String) -> [Substring] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var lines: [Substring] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            if name.hasSuffix(".swift") {
                lines += content("\(directory)/\(name)").split(separator: "\n")
            } else {
                lines += self.lines(below: "\(directory)/\(name)")
            }
        }
        return lines
    }

    private func content(_ path: String) -> String {
        guard let file = fopen(path, "rb") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
