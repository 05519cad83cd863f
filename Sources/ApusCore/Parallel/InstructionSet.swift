import CApusKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The instruction set that the kernels are compiled for. All of them give the same bits.
public enum InstructionSet: String, CaseIterable, Sendable {
    /// What every processor of the architecture has.
    case portable
    /// x86-64 with AVX2 and FMA.
    case avx2
    /// x86-64 with AVX-512 F, BW, DQ and VL.
    case avx512
    /// arm64.
    case neon

    /// The one in use, chosen once: `APUS_ISA` when it is set, else the fastest that this processor runs.
    ///
    /// A name that is unknown or cannot run here ends the process with status 64 and a line that says so:
    /// who forces an instruction set must not silently get another.
    public static let active: InstructionSet = {
        guard let name = environmentValue("APUS_ISA") else {
            return InstructionSet(code: apus_isa_best())
        }
        let usable = allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
        guard let forced = InstructionSet(rawValue: name) else {
            refuseEnvironment(
                "APUS_ISA=\(name): no such instruction set (this processor runs \(usable))")
        }
        guard forced.isSupported else {
            refuseEnvironment("APUS_ISA=\(name): this processor cannot run it (it runs \(usable))")
        }
        return forced
    }()

    /// Whether this processor and operating system can run it.
    public var isSupported: Bool { apus_isa_supported(code) != 0 }

    /// The same, as the kernel tables of `CApusKernels` are asked for.
    package var code: apus_isa {
        switch self {
        case .portable: APUS_ISA_PORTABLE
        case .avx2: APUS_ISA_AVX2
        case .avx512: APUS_ISA_AVX512
        case .neon: APUS_ISA_NEON
        }
    }

    private init(code: apus_isa) {
        self = InstructionSet.allCases.first { $0.code == code } ?? .portable
    }
}

/// The value of an environment variable; nil when it is not set or empty.
func environmentValue(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}

/// Ends the process because an environment variable asks for something that cannot be.
func refuseEnvironment(_ message: String) -> Never {
    let line = Array("error: \(message)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(64)
}
