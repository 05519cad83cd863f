extension PrimitiveCatalogue {
    static let attention: [CatalogueEntry] = [
        fusedAttention, attentionBackward, dropElements, rotary,
    ]

    /// A form and the shapes of its operands that hold numbers, with lengths and a mask where it has them.
    private typealias Case = (form: AttentionForm, operands: [SampleOperand], output: Shape)

    private static func form(
        _ heads: Int, _ packing: AttentionForm.Packing = .separate,
        _ change: (inout AttentionForm) -> Void = { _ in }
    ) -> AttentionForm {
        var form = AttentionForm(heads: heads)
        form.packing = packing
        change(&form)
        return form
    }

    private static func numbers(_ shapes: [Int]...) -> [SampleOperand] {
        shapes.map { .numbers(Shape($0)) }
    }

    private static let cases: [Case] = [
        (form(1), numbers([2, 3, 5], [2, 4, 5], [2, 4, 3]), [2, 3, 3]),
        (form(2) { $0.isCausal = true }, numbers([2, 5, 6], [2, 5, 6], [2, 5, 6]), [2, 5, 6]),
        (
            form(3) { $0.isCausal = true }, numbers([1, 3, 4, 2], [1, 3, 4, 2], [1, 3, 4, 5]),
            [1, 3, 4, 5]
        ),
        (
            form(2) {
                $0.isCausal = true
                $0.firstPosition = 3
                $0.hasSlopes = true
            }, numbers([1, 2, 4], [1, 5, 4], [1, 5, 4]), [1, 2, 4]
        ),
        (
            form(2) { $0.hasLengths = true },
            numbers([3, 2, 4], [3, 5, 4], [3, 5, 6]) + [.integers([5, 0, 3])], [3, 2, 6]
        ),
        (
            form(3, .keysBesideValues) {
                $0.hasMask = true
                $0.hasSlopes = true
            }, numbers([2, 3, 6], [2, 4, 12]) + [.mask([2, 4])], [2, 3, 6]
        ),
        (
            form(2, .allTogether) {
                $0.hasBias = true
                $0.isCausal = true
                $0.scale = 0.7
            }, numbers([2, 4, 12], [1, 2, 4, 4]), [2, 4, 4]
        ),
        (
            form(4, .allTogether) {
                $0.keyHeads = 2
                $0.hasBias = true
                $0.dropout = 0.3
                $0.dropoutKey = RandomKey(5)
            }, numbers([2, 3, 16], [2, 1, 3, 3]), [2, 3, 8]
        ),
        (form(1), numbers([2, 0, 3], [2, 2, 3], [2, 2, 3]), [2, 0, 3]),
        (form(1), numbers([1, 2, 3], [1, 0, 3], [1, 0, 3]), [1, 2, 3]),
        (
            form(3, .allTogether) {
                $0.isCausal = true
                $0.hasLengths = true
                $0.dropout = 0.1
            }, numbers([2, 130, 3 * 3 * 17]) + [.integers([130, 77])], [2, 130, 51]
        ),
        (
            form(2, .keysBesideValues) { $0.hasBias = true },
            numbers([2, 70, 66], [2, 101, 132], [1, 1, 70, 101]), [2, 70, 66]
        ),
    ]

    private static var fusedAttention: CatalogueEntry {
        let plain = Attention(form(2))
        return CatalogueEntry(
            "Attention", cases.map { Sample(Attention($0.form), $0.operands) },
            failures: [
                FailingSample(
                    plain,
                    [TensorType([2, 3, 4]), TensorType([2, 5, 4]), TensorType([2, 6, 4])],
                    "Attention: [2, 3, 4] and [2, 5, 4] and [2, 6, 4]: [batch, time, width] is needed, with one batch and as many keys as values"
                ),
                FailingSample(
                    plain,
                    [TensorType([2, 3, 5]), TensorType([2, 5, 5]), TensorType([2, 5, 5])],
                    "Attention: [2, 3, 5] and [2, 5, 5] and [2, 5, 5]: the widths must be those of 2 heads of queries and 2 of keys and values, all of one size"
                ),
                FailingSample(
                    plain,
                    [
                        TensorType([2, 3, 4, 5]), TensorType([2, 3, 4, 5]),
                        TensorType([2, 3, 4, 5]),
                    ],
                    "Attention: [2, 3, 4, 5] and [2, 3, 4, 5] and [2, 3, 4, 5]: [batch, heads, queries, size], [batch, heads, keys, size] and [batch, heads, keys, value size] are needed, with 2 heads"
                ),
                FailingSample(
                    Attention(form(3) { $0.keyHeads = 2 }),
                    [TensorType([2, 3, 6]), TensorType([2, 3, 4]), TensorType([2, 3, 4])],
                    "Attention: [2, 3, 6] and [2, 3, 4] and [2, 3, 4]: 3 heads of queries cannot share 2 heads of keys; the first must be a multiple of the second"
                ),
                FailingSample(
                    Attention(form(1, .allTogether) { $0.hasLengths = true }),
                    [TensorType([2, 3, 6]), TensorType([3], .int32)],
                    "Attention: [2, 3, 6] and [3]: the lengths must be int32, one for each of the batch"
                ),
                FailingSample(
                    Attention(form(1, .allTogether) { $0.hasMask = true }),
                    [TensorType([2, 3, 6]), TensorType([2, 3])],
                    "Attention: [2, 3, 6] and [2, 3]: the mask of the keys must be bool, [batch, keys]"
                ),
                FailingSample(
                    Attention(form(1, .allTogether) { $0.hasBias = true }),
                    [TensorType([2, 3, 6]), TensorType([3, 3])],
                    "Attention: [2, 3, 6] and [3, 3]: the bias must be [1 or batch, 1 or heads, queries, keys]"
                ),
                FailingSample(
                    Attention(form(1, .allTogether)), [TensorType([2, 3, 6], .int32)],
                    "Attention: [2, 3, 6]: the elements are int32; they must be float32 or float64"
                ),
            ])
    }

    private static var rotary: CatalogueEntry {
        func turn(_ heads: Int, _ turned: Int, _ first: Int, interleaved: Bool) -> Rotary {
            Rotary(
                heads: heads, turned: turned, firstPosition: first, base: 10_000,
                isInterleaved: interleaved, isInverse: false)
        }
        let pairs = turn(1, 1, 0, interleaved: true)
        return CatalogueEntry(
            "Rotary",
            [
                Sample(pairs, numbers([2, 3, 4])),
                Sample(turn(3, 2, 5, interleaved: false), numbers([1, 2, 18])),
                Sample(turn(1, 1, 2, interleaved: false), numbers([1, 2, 3, 2])),
                Sample(turn(2, 2, 0, interleaved: true), numbers([0, 3, 4])),
                Sample(turn(3, 3, 7, interleaved: false), numbers([3, 71, 66])),
            ],
            failures: [
                FailingSample(
                    pairs, [TensorType([2, 4])],
                    "Rotary: [2, 4]: [batch, time, heads · size] with 1 heads or [batch, heads, time, size] is needed"
                ),
                FailingSample(
                    pairs, [TensorType([2, 4, 3])],
                    "Rotary: [2, 4, 3]: numbers are turned in pairs: a head's size must be even"),
            ])
    }

    private static var dropElements: CatalogueEntry {
        let drop = DropElements(probability: 0.3, key: RandomKey(8))
        return CatalogueEntry(
            "Dropout",
            [
                Sample(drop, numbers([3, 7])), Sample(drop, numbers([2, 1, 5], [2, 1, 5])),
                Sample(drop, numbers([0, 4])), Sample(drop, numbers([131, 127], [131, 127])),
            ],
            failures: [
                FailingSample(
                    drop, [TensorType([2, 3]), TensorType([3, 2])],
                    "Dropout: [2, 3] and [3, 2]: what is dropped from and what it is added to need one shape"
                )
            ])
    }

    private static var attentionBackward: CatalogueEntry {
        let samples = cases.map { sample in
            let sizes = sample.output
            let (batch, queries) = (sizes[0], sizes[sizes.rank - 2])
            let operands = sample.operands.map { operand in
                operand.isDifferentiable ? SampleOperand.steps(operand.shape) : operand
            }
            return Sample(
                AttentionBackward(form: sample.form, wantsBias: sample.form.hasBias),
                operands + [
                    .steps(sizes), .steps([batch, sample.form.heads, queries]), .steps(sizes),
                ])
        }
        return CatalogueEntry(
            "AttentionBackward", samples,
            failures: [
                FailingSample(
                    AttentionBackward(form: form(1, .allTogether), wantsBias: false),
                    [TensorType([2, 3, 6])],
                    "AttentionBackward: [2, 3, 6]: the outputs of the attention and its gradient must follow the operands"
                )
            ])
    }
}
