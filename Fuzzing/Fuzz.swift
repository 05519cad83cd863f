import Apus

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The target that the environment asks for.
private let target: Target = {
    let name = getenv("APUS_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = Target(rawValue: name) else {
        let names = Target.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("APUS_FUZZ is “\(name)”, and must be one of \(names)")
    }
    return target
}()

/// A file of this process in memory, to which each input is written.
private let path: String = {
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    return "\(folder)/apus-fuzz-\(getpid())\(target.fileExtension)"
}()

/// What libFuzzer calls with each input. An error is a right answer; a trap is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: data == nil ? 0 : size)
    do {
        if target.readsFile {
            try write(bytes)
            try target.read(file: path)
        } else {
            try target.read(bytes)
        }
    } catch let error as any DescribedError {
        precondition(!error.message.isEmpty, "an error without a message")
    } catch {
        fatalError("an error that says nothing to its reader: \(error)")
    }
    return 0
}

private func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { fatalError("cannot write \(path)") }
    defer { close(descriptor) }
    var position = 0
    while position < bytes.count {
        let written = Glibc.write(
            descriptor, bytes.baseAddress.map { $0 + position }, bytes.count - position)
        guard written > 0 else { fatalError("cannot write \(path)") }
        position += written
    }
}
