// Plain values as arguments: constants of the compiled code, which has a plan for each value that occurs.

extension Bool: CompiledInput {
    /// Tells which it is.
    public func bind(to calls: CompiledCalls) { calls.note(.value(self)) }
}

extension Int: CompiledInput {
    /// Tells the number.
    public func bind(to calls: CompiledCalls) { calls.note(.value(self)) }
}

extension Int32: CompiledInput {
    /// Tells the number.
    public func bind(to calls: CompiledCalls) { calls.note(.value(self)) }
}

extension Float: CompiledInput {
    /// Tells the number.
    public func bind(to calls: CompiledCalls) { calls.note(.number(self)) }
}

extension Double: CompiledInput {
    /// Tells the number.
    public func bind(to calls: CompiledCalls) { calls.note(.number(self)) }
}

extension String: CompiledInput {
    /// Tells the text.
    public func bind(to calls: CompiledCalls) { calls.note(.value(self)) }
}
