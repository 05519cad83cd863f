/// An error that the world caused (a file, a text, an argument), told so that a person can mend it.
///
/// Each room has its own error type, one case per failure with the facts as associated values; the words are
/// put together in one place, here asked for as `message` and `hint`.
public protocol DescribedError: Error, CustomStringConvertible {
    /// What is wrong, and where: one line, starting with the place if there is one (`train.csv:17: …`).
    var message: String { get }

    /// What to do about it: one line, or nil when the message says it all.
    var hint: String? { get }
}

extension DescribedError {
    /// The message and the hint on one line.
    public var description: String {
        guard let hint else { return message }
        return "\(message) (\(hint))"
    }
}
