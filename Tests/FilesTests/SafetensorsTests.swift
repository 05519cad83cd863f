import ApusCore
import ApusFiles
import ApusSystem
import Testing

@Suite struct SafetensorsTests {
    /// A file with this header and so many bytes of data.
    func bytes(_ header: String, data: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + header.utf8
            + data
    }

    /// The message for a file with this header, without the file's name.
    func problem(_ header: String, data: Int = 8) throws -> String {
        try problem(bytes(header, data: Array(repeating: 0, count: data)))
    }

    func problem(_ bytes: [UInt8]) throws -> String {
        var found = ""
        try withTemporaryFolder { folder in
            try put(bytes, at: folder + "/f")
            found = message { _ = try SafetensorsFile(folder + "/f") }
            if found.hasPrefix(folder + "/f") { found.removeFirst(folder.utf8.count + 2) }
        }
        return found
    }

    @Test func tensorsComeBackBitByBit() throws {
        let tensors: [(name: String, tensor: Tensor)] = [
            ("numbers", Tensor([1, -0.0, .infinity, .leastNonzeroMagnitude], shape: Shape(2, 2))),
            ("ids", Tensor(ids: [.min, 0, .max])),
            ("doubles", Tensor([1e300, -0.1] as [Double], shape: Shape(2))),
            ("truths", Tensor([true, false, true], shape: Shape(3))),
            ("scalar", Tensor(7)), ("none", Tensor.zeros(Shape(0, 5))),
            ("straße/é\"\\", Tensor([Float(3)])),
        ]
        try withTemporaryFolder { folder in
            let path = folder + "/f"
            try writeSafetensors(tensors, metadata: [("a", "1"), ("b", "zwei")], to: path)
            let file = try SafetensorsFile(path)
            #expect(file.entries.map(\.name) == tensors.map(\.name))
            #expect(file.metadata.map(\.key) == ["a", "b"])
            #expect(file.metadata.map(\.value) == ["1", "zwei"])
            for (name, tensor) in tensors {
                let read = try file.tensor(name)
                #expect(read.shape == tensor.shape && read.scalarType == tensor.scalarType)
                #expect(
                    tensor.withBytes { expected in
                        read.withBytes { $0.elementsEqual(expected) }
                    }, "\(name)")
            }
            // Where the data begin is a multiple of 8, so that a reader can map them.
            let length = try readFile(path).prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(length % 8 == 0)
            #expect(
                message { _ = try file.tensor("numbrs") }
                    == "\(path): there is no tensor \"numbrs\"")
        }
    }

    @Test func everyStoredTypeIsWidened() throws {
        let cases: [(type: String, data: [UInt8], expected: Tensor)] = [
            // 1, −2, smallest subnormal, largest, infinity, −0 in half precision
            (
                "F16", [0, 0x3C, 0, 0xC0, 1, 0, 0xFF, 0x7B, 0, 0x7C, 0, 0x80],
                Tensor([1, -2, 0x1p-24, 65504, .infinity, -0.0])
            ),
            ("BF16", [0x80, 0x3F, 0x49, 0x40, 0x80, 0xFF], Tensor([1, 3.140625, -.infinity])),
            ("I8", [0xFF, 5], Tensor(ids: [-1, 5])), ("U8", [0xFF, 5], Tensor(ids: [255, 5])),
            ("I16", [0xFE, 0xFF], Tensor(ids: [-2])), ("U16", [0xFE, 0xFF], Tensor(ids: [65534])),
            ("U32", [1, 0, 0, 0], Tensor(ids: [1])),
            ("I64", Array(repeating: 0xFF, count: 8), Tensor(ids: [-1])),
            ("U64", [9, 0, 0, 0, 0, 0, 0, 0], Tensor(ids: [9])),
            ("BOOL", [0, 1, 7], Tensor([false, true, true], shape: Shape(3))),
        ]
        for (type, data, expected) in cases {
            let count = expected.count
            let header =
                "{\"x\":{\"dtype\":\"\(type)\",\"shape\":[\(count)],\"data_offsets\":[0,\(data.count)]}}"
            try withTemporaryFolder { folder in
                try put(bytes(header, data: data), at: folder + "/f")
                let read = try SafetensorsFile(folder + "/f").tensor("x")
                #expect(read.scalarType == expected.scalarType, "\(type)")
                #expect(
                    expected.withBytes { expected in
                        read.withBytes { $0.elementsEqual(expected) }
                    }, "\(type): \(read)")
            }
        }
    }

    @Test(arguments: [("F8_E4M3", 1), ("F8_E5M2", 1), ("C64", 8)])
    func typesThatCannotBeReadAreListed(type: String, size: Int) throws {
        let header = #"{"x":{"dtype":"\#(type)","shape":[2],"data_offsets":[0,\#(2 * size)]}}"#
        try withTemporaryFolder { folder in
            try put(bytes(header, data: Array(repeating: 0, count: 2 * size)), at: folder + "/f")
            let file = try SafetensorsFile(folder + "/f")
            #expect(file.entries.map(\.type.rawValue) == [type])
            let found = #expect(throws: SafetensorsError.self) { try file.tensor("x") }
            #expect(
                found?.message.hasSuffix("has the type \(type), which is not supported") == true)
            #expect(found?.hint?.hasPrefix("this version reads F16, BF16, F32") == true)
        }
    }

    @Test func integersThatDoNotFitAreRefused() throws {
        let header = #"{"x":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#
        try withTemporaryFolder { folder in
            try put(bytes(header, data: [0, 0, 0, 0, 1, 0, 0, 0]), at: folder + "/f")
            let file = try SafetensorsFile(folder + "/f")
            #expect(
                message { _ = try file.tensor("x") }
                    .hasSuffix("tensor \"x\" holds 4294967296, which is no int32"))
        }
    }

    @Test func absurdLengthsAreRefused() throws {
        for length: UInt64 in [1 << 63, .max, 100_000_001] {
            let start = withUnsafeBytes(of: length.littleEndian) { Array($0) }
            #expect(
                try problem(start + [0x7B, 0x7D])
                    == ": not a safetensors file: its header would have \(length) bytes")
        }
        #expect(try problem([1, 2, 3]) == ": the file ends early: 8 bytes are needed, it has 3")
        #expect(try problem([]) == ": the file ends early: 8 bytes are needed, it has 0")
        #expect(
            try problem([9, 0, 0, 0, 0, 0, 0, 0, 0x7B])
                == ": the file ends early: 17 bytes are needed, it has 9")
    }

    @Test(arguments: [
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "tensor \"b\" overlaps another at byte 4"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "tensor \"a\" leaves a gap before byte 4"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            "4 bytes at the end belong to no tensor"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#,
            "the file ends early: 16 bytes are needed"
        ),
        (#"{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}"#, "has the type F99"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            "has 4 bytes; F32 [2] needs 8"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            "needs data_offsets [begin, end]"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
            "needs data_offsets [begin, end]"
        ),
        (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, "must be at least 0"),
        (
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
            "beyond any memory"
        ),
        (#"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}"#, "has 9 axes"),
        (#"{"a":{"dtype":"F32","shape":[2]}}"#, "\"a.data_offsets\" is missing"),
        (#"{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#, "must be an array"),
        (#"{"a":[]}"#, "must be an object"), ("[]", "it is an array"), ("{", "expected"),
        (#"{"__metadata__":{"a":1}}"#, "must be a string"),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            "stands twice"
        ),
        (
            "{\"\u{E9}\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"e\u{301}\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "is there twice"
        ),
    ])
    func lyingHeadersAreRefused(header: String, expected: String) throws {
        let found = try problem(header)
        #expect(found.contains(expected), "\(found)")
    }

    @Test func emptyTensorsMayStandAnywhere() throws {
        let header =
            #"{"a":{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[8,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        try withTemporaryFolder { folder in
            try put(bytes(header, data: Array(repeating: 0, count: 8)), at: folder + "/f")
            let file = try SafetensorsFile(folder + "/f")
            #expect(try file.tensor("a").count == 0)
            #expect(try file.tensor("b").count == 2)
        }
    }

    @Test func anyByteFlippedIsAnErrorOrAnotherNumber() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/f"
            try writeSafetensors(
                [
                    ("weight", Tensor([1, 2, 3, 4, 5, 6], shape: Shape(2, 3))),
                    ("ids", Tensor(ids: [1])),
                ],
                metadata: [("format", "x")], to: path)
            let bytes = try readFile(path)
            for position in bytes.indices {
                for bit in [0, 3, 7] {
                    var damaged = bytes
                    damaged[position] ^= 1 << UInt8(bit)
                    try put(damaged, at: path)
                    do {
                        let file = try SafetensorsFile(path)
                        for entry in file.entries { _ = try file.tensor(entry.name) }
                    } catch {
                        #expect(error is any DescribedError)
                    }
                }
            }
            for count in bytes.indices {
                try put(Array(bytes[..<count]), at: path)
                #expect(throws: (any Error).self) { try SafetensorsFile(path) }
            }
        }
    }
}
