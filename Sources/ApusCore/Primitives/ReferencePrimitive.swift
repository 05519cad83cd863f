/// An operation with a plain second implementation: for `float64`, and to test the kernels against.
package protocol ReferencePrimitive: Primitive {
    /// Computes the outputs by loops that mirror the formula.
    func forwardReference(_ inputs: Operands, into outputs: Operands)
}
