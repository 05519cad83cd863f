import CApusKernels

// A unit's step, forward and back, as the formulas say and with the roundings of the kernels.
extension RecurrentCell {
    /// A unit after a step.
    struct Unit<S: ReferenceScalar> {
        var h: S
        var c: S
        /// What the way back reads.
        var kept: [S] = []
    }

    /// One step.
    ///
    /// - Parameters:
    ///   - s: x·W_ihᵀ + b, gate by gate.
    ///   - p: h·W_hhᵀ, likewise; the GRU's with its bias.
    ///   - old: the unit before the step.
    func step<S: ReferenceScalar>(_ s: [S], _ p: [S], from old: Unit<S>) -> Unit<S> {
        func sigmoid(_ x: S) -> S { S.laneFunction(APUS_OP_SIGMOID, x) }
        func tanh(_ x: S) -> S { S.laneFunction(APUS_OP_TANH, x) }
        switch self {
        case .tanh: return Unit(h: tanh(s[0] + p[0]), c: old.c)
        case .relu:
            let sum = s[0] + p[0]
            return Unit(h: sum < 0 ? 0 : sum, c: old.c)
        case .leaky(let leak):
            let new = tanh(s[0] + p[0])
            return Unit(
                h: old.h.addingProduct(S(setting: leak), new - old.h), c: old.c, kept: [new])
        case .lstm:
            let (i, f) = (sigmoid(s[0] + p[0]), sigmoid(s[1] + p[1]))
            let (g, o) = (tanh(s[2] + p[2]), sigmoid(s[3] + p[3]))
            let c = (i * g).addingProduct(f, old.c)
            return Unit(h: o * tanh(c), c: c, kept: [i, f, g, o])
        case .gru:
            let (r, z) = (sigmoid(s[0] + p[0]), sigmoid(s[1] + p[1]))
            let n = tanh(s[2].addingProduct(r, p[2]))
            return Unit(h: n.addingProduct(z, old.h - n), c: old.c, kept: [r, z, n, p[2]])
        }
    }

    /// What a step passes back.
    struct Passed<S: ReferenceScalar> {
        /// To the sums, gate by gate.
        var sums: [S]
        /// To the products, where that is another gradient.
        var products: [S]?
        /// To h before the step, by other ways than the product.
        var h = S(0)
        /// To c before the step.
        var c = S(0)
    }

    /// The way back over one step.
    ///
    /// - Parameters:
    ///   - new: the unit after the step, with what it kept.
    ///   - old: the unit before it.
    ///   - dh: the gradient of h after the step.
    ///   - carried: that of c after the step, from later steps.
    func back<S: ReferenceScalar>(
        from new: Unit<S>, to old: Unit<S>, dh: S, carried: S
    ) -> Passed<S> {
        /// 1 − y², the slope of tanh where its value is y.
        func tanhSlope(_ y: S) -> S { S(1).addingProduct(-y, y) }
        func sigmoidSlope(_ y: S) -> S { y * (1 - y) }
        switch self {
        case .tanh: return Passed(sums: [dh * tanhSlope(new.h)])
        case .relu: return Passed(sums: [new.h > 0 ? dh : 0])
        case .leaky(let leak):
            return Passed(
                sums: [(dh * S(setting: leak)) * tanhSlope(new.kept[0])],
                h: dh * (1 - S(setting: leak)))
        case .lstm:
            let (i, f, g, o) = (new.kept[0], new.kept[1], new.kept[2], new.kept[3])
            let t = S.laneFunction(APUS_OP_TANH, new.c)
            let dc = carried.addingProduct(dh * o, tanhSlope(t))
            return Passed(
                sums: [
                    (dc * g) * sigmoidSlope(i), (dc * old.c) * sigmoidSlope(f),
                    (dc * i) * tanhSlope(g), (dh * t) * sigmoidSlope(o),
                ], c: dc * f)
        case .gru:
            let (r, z, n, p) = (new.kept[0], new.kept[1], new.kept[2], new.kept[3])
            let dn = (dh * (1 - z)) * tanhSlope(n)
            let dz = (dh * (old.h - n)) * sigmoidSlope(z)
            let dr = (dn * p) * sigmoidSlope(r)
            return Passed(sums: [dr, dz, dn], products: [dr, dz, dn * r], h: dh * z)
        }
    }
}
