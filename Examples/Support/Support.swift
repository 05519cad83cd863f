import Apus

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// What the examples share: promises are checked, and digits are few.

/// Ends the program with a sentence unless what an example promises is true.
public func check(_ isTrue: Bool, _ promise: String) {
    guard !isTrue else { return }
    print("The example promises that \(promise). It is not so.")
    exit(EXIT_FAILURE)
}

/// A line on standard error: what differs from run to run, such as times.
public func note(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

extension Float {
    /// The number with a fixed count of digits after the point: `0.667`.
    public func digits(_ count: Int) -> String {
        let scale = (0..<count).reduce(1.0) { product, _ in product * 10 }
        let all = String(Int((Double(magnitude) * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, count + 1 - all.count)) + all
        return (self < 0 ? "-" : "") + padded.dropLast(count) + "." + padded.suffix(count)
    }
}

/// The folder of a data set of `shared/data`, which lies beside the checkout.
public func sharedData(_ name: String) -> String {
    let folders = #filePath.split(separator: "/").dropLast(4)
    return folders.map { "/" + $0 }.joined() + "/shared/data/" + name
}
