// Settings (a smoothing, an epsilon, a probability) are given as `Float`. In double precision they are the decimal
// numbers that they were written as: 0.1, not 0.100000001490116.

extension FloatingScalar {
    /// A setting in this precision.
    init(setting value: Float) {
        self =
            Self.self == Float.self
            ? Self(value) : Self(Double(value.description) ?? Double(value))
    }
}

extension ScalarType {
    /// A setting for elements of this type.
    package func setting(_ value: Float) -> Double {
        self == .float64 ? Double(setting: value) : Double(value)
    }
}
