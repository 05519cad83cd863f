import ApusSystem

extension FastTextFile {
    /// Writes what fastText's tool and gensim read.
    ///
    /// What was never known is filled in: counts fall from the first word on, as the order tells, and
    /// outputs are zeros, from which training could go on.
    static func write(_ vectors: WordVectors, to path: String) throws {
        try TextVectors.checkWords(
            of: vectors, path: path, forbidding: [0, 0x20, 0x0A], "a space or a NUL")
        guard vectors.count <= Int32.max else {
            throw WordVectorError.unsupported(
                file: path, what: "more than 2³¹ words do not fit into fastText's format",
                remedy: "write fewer, or another format")
        }
        let arguments = vectors.fastTextArguments ?? FastTextArguments()
        let subwords = vectors.subwords
        try atomicWrite(to: path) { writer in
            try writer.write(integer: DetectedFormat.fastTextMagic)
            try writer.write(integer: Int32(12))
            // A classifier's outputs belong to labels, which are not kept.
            let model = arguments.model == .supervised ? .skipGram : arguments.model
            for value in [
                Int32(vectors.dimension), arguments.window, arguments.epochs,
                arguments.minimumCount,
                arguments.negatives, arguments.wordNGrams, arguments.loss.rawValue, model.rawValue,
                Int32(subwords?.bucketCount ?? 0), Int32(subwords?.lengths.lowerBound ?? 0),
                Int32(subwords?.lengths.upperBound ?? 0), arguments.learningRateUpdate,
            ] { try writer.write(integer: value) }
            try writer.write(integer: arguments.sampling.bitPattern)
            try writeDictionary(of: vectors, arguments, to: &writer)

            try writer.write([0])
            try writer.write(integer: Int64(vectors.count + (subwords?.bucketCount ?? 0)))
            try writer.write(integer: Int64(vectors.dimension))
            try writer.write(
                rows: 0..<vectors.count, of: subwords?.wordRows ?? vectors.values,
                dimension: vectors.dimension)
            if let subwords {
                try writer.write(
                    rows: 0..<subwords.bucketCount, of: subwords.vectors,
                    dimension: vectors.dimension)
            }

            try writer.write([0])
            try writer.write(integer: Int64(vectors.count))
            try writer.write(integer: Int64(vectors.dimension))
            if let contexts = vectors.contexts {
                try writer.write(
                    rows: 0..<vectors.count, of: contexts, dimension: vectors.dimension)
            } else {
                let zeros = [UInt8](repeating: 0, count: 4 * vectors.dimension)
                for _ in 0..<vectors.count { try writer.write(zeros) }
            }
        }
    }

    private static func writeDictionary(
        of vectors: WordVectors, _ arguments: FastTextArguments, to writer: inout FileWriter
    ) throws {
        let counts = vectors.counts ?? (0..<vectors.count).map { vectors.count - $0 }
        let total = counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        try writer.write(integer: Int32(vectors.count))
        try writer.write(integer: Int32(vectors.count))
        try writer.write(integer: Int32(0))
        try writer.write(integer: arguments.tokenCount > 0 ? arguments.tokenCount : Int64(total))
        try writer.write(integer: Int64(-1))
        for row in 0..<vectors.count {
            try vectors.words.withBytes(of: row) { try writer.write(UnsafeRawBufferPointer($0)) }
            try writer.write([0])
            try writer.write(integer: Int64(counts[row]))
            try writer.write([0])
        }
    }
}

extension FileWriter {
    /// Writes a little-endian integer.
    mutating func write(integer: some FixedWidthInteger) throws {
        try withUnsafeBytes(of: integer.littleEndian) { try write($0) }
    }
}
