import CApusKernels

/// One number of a parameter with its states.
struct Element {
    var p: Float
    var s: [Float]
}

/// An optimizer's step for one number as its formula says, one rounding a line, and the kernel's rule for it.
struct OptimizerFormula {
    let name: String
    let rule: apus_optimizer_rule
    let formula: (Element, Float) -> Element

    private init(
        _ name: String, _ kind: apus_optimizer_kind, _ fill: (inout apus_optimizer_rule) -> Void,
        _ formula: @escaping (Element, Float) -> Element
    ) {
        var rule = apus_optimizer_rule()
        rule.kind = kind
        fill(&rule)
        (self.name, self.rule, self.formula) = (name, rule, formula)
    }

    static var all: [OptimizerFormula] {
        [
            sgd(momentum: 0, nesterov: false), sgd(momentum: 0.9, nesterov: false),
            sgd(momentum: 0.9, nesterov: true), averagedSGD, adagrad, adadelta,
            rmsprop(APUS_RMSPROP), rmsprop(APUS_RMSPROP_WITH_VELOCITY),
            rmsprop(APUS_RMSPROP_CENTERED), rmsprop(APUS_RMSPROP_CENTERED_WITH_VELOCITY),
            adam("Adam", APUS_ADAM), adam("AdamW", APUS_ADAM, isDecoupled: true),
            adam("Adam without mean", APUS_ADAM_WITHOUT_MEAN), adam("AMSGrad", APUS_AMSGRAD),
            adam("NAdam", APUS_NADAM), lion, average,
        ]
    }

    private static func sgd(momentum: Float, nesterov: Bool) -> OptimizerFormula {
        let rule = apus_sgd_rule(
            learning_rate: 0.1, momentum: momentum, weight_decay: 0.01, nesterov: nesterov ? 1 : 0)
        return OptimizerFormula(
            "SGD, momentum \(momentum), nesterov \(nesterov)",
            momentum == 0 ? APUS_SGD : APUS_SGD_WITH_VELOCITY, { $0.sgd = rule }
        ) { x, g in
            var x = x
            var d = g.addingProduct(rule.weight_decay, x.p)
            if momentum != 0 {
                x.s[0] = d.addingProduct(momentum, x.s[0])
                d = nesterov ? d.addingProduct(momentum, x.s[0]) : x.s[0]
            }
            x.p = x.p.addingProduct(-rule.learning_rate, d)
            return x
        }
    }

    private static var averagedSGD: OptimizerFormula {
        let rule = apus_averaged_sgd_rule(
            learning_rate: 0.1, weight_decay: 0.01, steps_before: 6)
        return OptimizerFormula(
            "averaged SGD", APUS_AVERAGED_SGD, { $0.averaged_sgd = rule }
        ) { x, g in
            let change = rule.learning_rate * g.addingProduct(rule.weight_decay, x.p)
            return Element(p: x.p - change, s: [x.s[0] - 6 * change, x.s[1], x.s[2]])
        }
    }

    private static var adagrad: OptimizerFormula {
        let rule = apus_adagrad_rule(learning_rate: 0.1, weight_decay: 0.01, epsilon: 1e-10)
        return OptimizerFormula("Adagrad", APUS_ADAGRAD, { $0.adagrad = rule }) { x, g in
            var x = x
            let d = g.addingProduct(rule.weight_decay, x.p)
            x.s[0] = x.s[0].addingProduct(d, d)
            let q = d / (x.s[0].squareRoot() + rule.epsilon)
            x.p = x.p.addingProduct(-rule.learning_rate, q)
            return x
        }
    }

    /// keep·x + gain·d², both products rounded first.
    private static func meanOfSquares(_ keep: Float, _ x: Float, _ gain: Float, _ d: Float) -> Float
    {
        (keep * x).addingProduct(gain * d, d)
    }

    private static var adadelta: OptimizerFormula {
        let rule = apus_adadelta_rule(
            learning_rate: 0.9, weight_decay: 0.01, epsilon: 1e-6, keep: 0.9, gain: 1 - 0.9)
        return OptimizerFormula("Adadelta", APUS_ADADELTA, { $0.adadelta = rule }) { x, g in
            var x = x
            let d = g.addingProduct(rule.weight_decay, x.p)
            x.s[0] = meanOfSquares(rule.keep, x.s[0], rule.gain, d)
            let q =
                (x.s[1] + rule.epsilon).squareRoot() / (x.s[0] + rule.epsilon).squareRoot() * d
            x.s[1] = meanOfSquares(rule.keep, x.s[1], rule.gain, q)
            x.p = x.p.addingProduct(-rule.learning_rate, q)
            return x
        }
    }

    private static func rmsprop(_ kind: apus_optimizer_kind) -> OptimizerFormula {
        let rule = apus_rmsprop_rule(
            learning_rate: 0.1, weight_decay: 0.01, epsilon: 1e-8, momentum: 0.8, keep: 0.99,
            gain: 1 - 0.99)
        let isCentered =
            kind == APUS_RMSPROP_CENTERED || kind == APUS_RMSPROP_CENTERED_WITH_VELOCITY
        let hasVelocity =
            kind == APUS_RMSPROP_WITH_VELOCITY || kind == APUS_RMSPROP_CENTERED_WITH_VELOCITY
        return OptimizerFormula(
            "RMSProp, centered \(isCentered), velocity \(hasVelocity)", kind, { $0.rmsprop = rule }
        ) { x, g in
            var x = x
            let d = g.addingProduct(rule.weight_decay, x.p)
            x.s[0] = meanOfSquares(rule.keep, x.s[0], rule.gain, d)
            var variance = x.s[0]
            if isCentered {
                x.s[1] = x.s[1].addingProduct(rule.gain, d - x.s[1])
                variance = max(0, variance.addingProduct(-x.s[1], x.s[1]))
            }
            var q = d / (variance.squareRoot() + rule.epsilon)
            if hasVelocity {
                let velocity = isCentered ? 2 : 1
                q = q.addingProduct(rule.momentum, x.s[velocity])
                x.s[velocity] = q
            }
            x.p = x.p.addingProduct(-rule.learning_rate, q)
            return x
        }
    }

    private static func adam(
        _ name: String, _ kind: apus_optimizer_kind, isDecoupled: Bool = false
    ) -> OptimizerFormula {
        // Step 3 with learning rate 0.01, β1 = 0.9, β2 = 0.999 and weight decay 0.1.
        let rule = apus_adam_rule(
            step_size: Float(0.01 / (1 - 0.9 * 0.9 * 0.9)),
            root_scale: Float(1 / (1 - 0.999 * 0.999 * 0.999).squareRoot()), epsilon: 1e-8,
            mean_gain: Float(1 - 0.9), square_keep: 0.999, square_gain: Float(1 - 0.999),
            weight_decay: isDecoupled ? 0 : 0.1,
            parameter_keep: isDecoupled ? Float(1 - 0.01 * 0.1) : 1, mean_share: 1.3,
            gradient_share: 0.4)
        let square = kind == APUS_ADAM_WITHOUT_MEAN ? 0 : 1
        return OptimizerFormula(name, kind, { $0.adam = rule }) { x, g in
            var x = x
            let d = g.addingProduct(rule.weight_decay, x.p)
            var m = d
            if square == 1 {
                m = x.s[0].addingProduct(rule.mean_gain, d - x.s[0])
                x.s[0] = m
            }
            x.s[square] = meanOfSquares(rule.square_keep, x.s[square], rule.square_gain, d)
            var v = x.s[square]
            if kind == APUS_AMSGRAD {
                v = max(x.s[2], v)
                x.s[2] = v
            }
            if kind == APUS_NADAM {
                m = (rule.gradient_share * d).addingProduct(rule.mean_share, m)
            }
            let q = m / rule.epsilon.addingProduct(v.squareRoot(), rule.root_scale)
            x.p = (rule.parameter_keep * x.p).addingProduct(-rule.step_size, q)
            return x
        }
    }

    private static var lion: OptimizerFormula {
        let rule = apus_lion_rule(
            learning_rate: 0.01, step_gain: 1 - 0.9, mean_gain: 1 - 0.99, parameter_keep: 0.999)
        return OptimizerFormula("Lion", APUS_LION, { $0.lion = rule }) { x, g in
            var x = x
            let c = x.s[0].addingProduct(rule.step_gain, g - x.s[0])
            x.s[0] = x.s[0].addingProduct(rule.mean_gain, g - x.s[0])
            let sign: Float = c > 0 ? 1 : c < 0 ? -1 : 0
            x.p = (rule.parameter_keep * x.p).addingProduct(-rule.learning_rate, sign)
            return x
        }
    }

    private static var average: OptimizerFormula {
        OptimizerFormula("average", APUS_AVERAGE, { $0.average.gain = 0.25 }) { x, g in
            Element(p: x.p.addingProduct(0.25, g - x.p), s: x.s)
        }
    }
}
