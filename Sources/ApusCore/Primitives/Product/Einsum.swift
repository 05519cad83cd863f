/// Einstein's notation: each operand's axes are named by letters; letters that the result does not have are multiplied
/// and summed over.
///
/// ```swift
/// einsum("ij,jk->ik", a, b)             // a product of matrices
/// einsum("bhqd,bhkd->bhqk", q, k)       // scores of attention
/// einsum("bi,i->b", x, w)               // a dot product for each row
/// einsum("ii->", a)                     // the trace
/// ```
/// Two operands at a time, from the left, become one batched product of matrices: letters in both and in what follows
/// are the batch, letters in both alone are summed over by the product. Spaces are ignored; without `->` the result has,
/// in the alphabet's order, the letters that come once. `…` (or `...`) stands for any number of leading axes. An axis of size
/// 1 is repeated where another operand's axis of the same letter, or under `…`, is longer.
///
/// - Parameters:
///   - formula: the letters of each operand, separated by commas, `->`, those of the result.
///   - operands: one for each list of letters.
public func einsum(_ formula: String, _ operands: Tensor...) -> Tensor {
    let plan = EinsumPlan(formula, operands.map(\.shape))
    var terms = zip(operands, plan.operands).map { EinsumTerm($0, Array($1), plan) }
    for index in terms.indices {
        // A letter of this operand alone that the result does not have is summed at once: less to multiply.
        let others = Set(terms.indices.filter { $0 != index }.flatMap { terms[$0].letters })
        terms[index].sum { !plan.result.contains($0) && !others.contains($0) }
    }
    var term = terms[0]
    for (index, next) in terms.enumerated().dropFirst() {
        let later = Set(terms[(index + 1)...].flatMap(\.letters)).union(plan.result)
        term = term.times(next, keeping: later)
    }
    return term.ordered(as: plan.result)
}

/// A formula read and checked against the operands' shapes.
private struct EinsumPlan {
    let formula: String
    let shapes: [Shape]
    private(set) var operands: [[Character]] = []
    private(set) var result: [Character] = []
    private(set) var sizes: [Character: Int] = [:]

    init(_ formula: String, _ shapes: [Shape]) {
        self.formula = formula
        self.shapes = shapes
        var text = String(formula.filter { !$0.isWhitespace })
        while let dots = text.firstRange(of: "...") { text.replaceSubrange(dots, with: "…") }
        let sides = text.split(separator: "->", omittingEmptySubsequences: false)
        guard sides.count <= 2, let left = sides.first else {
            refuse("one -> at most separates operands and result")
        }
        let lists = left.split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
        guard lists.count == shapes.count, !shapes.isEmpty else {
            refuse("it has letters for \(lists.count) operands, and \(shapes.count) are given")
        }
        for letter in lists.joined() where !(letter.isASCII && letter.isLetter) && letter != "…" {
            refuse("'\(letter)' is no letter")
        }
        // The axes that … stands for get names of their own: the last is the same for all operands.
        let hidden = Array("αβγδεζηθ".reversed())
        for (list, shape) in zip(lists, shapes) {
            let extra = shape.rank - (list.count - 1)
            guard list.filter({ $0 == "…" }).count <= 1 else {
                refuse("… comes twice in \(String(list))")
            }
            var letters = list
            if let place = list.firstIndex(of: "…") {
                guard extra >= 0 else {
                    refuse("\(String(list)) has more letters than \(shape) has axes")
                }
                guard extra <= hidden.count else {
                    refuse(
                        "… stands for \(hidden.count) axes at most, and for \(extra) in \(shape)")
                }
                letters.replaceSubrange(place...place, with: hidden.prefix(extra).reversed())
            }
            guard letters.count == shape.rank else {
                refuse("\(String(list)) does not name the \(shape.rank) axes of \(shape)")
            }
            for (axis, letter) in letters.enumerated() {
                let size = shape[axis]
                let known = sizes[letter] ?? 1
                let again = letters[..<axis].lastIndex(of: letter)
                guard known == size || known == 1 || size == 1,
                    again == nil || shape[again ?? axis] == size
                else {
                    // The axes of … have no letters that the caller would know.
                    let name = letter.isASCII ? "\(letter)" : "an axis of …"
                    refuse("\(name) is \(known) in one place and \(size) in \(shape)")
                }
                if known == 1 { sizes[letter] = size }
            }
            operands.append(letters)
        }
        let all = operands.joined()
        let leading = hidden.reversed().filter { all.contains($0) }
        if sides.count == 2 {
            result = sides[1].flatMap { $0 == "…" ? leading : [$0] }
        } else {
            result =
                leading
                + Set(all).filter { letter in
                    letter.isASCII && all.filter { $0 == letter }.count == 1
                }.sorted()
        }
        for letter in result where !all.contains(letter) {
            refuse("the result's \(letter) is in no operand")
        }
        if Set(result).count != result.count { refuse("a letter comes twice in the result") }
    }

    private func refuse(_ reason: String) -> Never {
        let operands = shapes.map(\.description).joined(separator: " and ")
        fatalError("Einsum: \(operands) with \"\(formula)\": \(reason)")
    }
}

/// A tensor and the letters of its axes, each once.
private struct EinsumTerm {
    var tensor: Tensor
    var letters: [Character]

    init(_ tensor: Tensor, _ letters: [Character], _ plan: EinsumPlan) {
        self.tensor = tensor
        self.letters = letters
        takeDiagonals()
        dropRepeated(plan)
    }

    /// An axis of size 1 that is to be repeated: without it, a product repeats the tensor anyway.
    private mutating func dropRepeated(_ plan: EinsumPlan) {
        let isKept = letters.indices.map {
            tensor.shape[$0] == plan.sizes[letters[$0]] || tensor.shape[$0] != 1
        }
        if isKept.allSatisfy({ $0 }) { return }
        let kept = letters.indices.filter { isKept[$0] }
        tensor = tensor.reshaped(to: Shape(kept.map { tensor.shape[$0] }))
        letters = kept.map { letters[$0] }
    }

    private init(tensor: Tensor, letters: [Character]) {
        self.tensor = tensor
        self.letters = letters
    }

    /// Axes of one letter become one: the elements whose positions along them are equal.
    private mutating func takeDiagonals() {
        for letter in Set(letters) {
            while letters.filter({ $0 == letter }).count > 1 {
                let places = letters.indices.filter { letters[$0] == letter }
                let (first, second) = (places[0], places[1])
                let size = tensor.shape[first]
                // Both behind, as one axis of size²: the diagonal is every (size + 1)th element.
                let others = letters.indices.filter { $0 != first && $0 != second }
                let kept = others.map { tensor.shape[$0] }
                let flat = tensor.permuted(others + [first, second])
                    .reshaped(to: Shape(kept + [size * size]))
                let positions = Tensor(
                    (0..<size).map { Int32($0 * (size + 1)) }, shape: Shape(size))
                tensor = flat.taking(positions, axis: -1)
                letters = others.map { letters[$0] } + [letter]
            }
        }
    }

    mutating func sum(where isGone: (Character) -> Bool) {
        let axes = letters.indices.filter { isGone(letters[$0]) }
        if axes.isEmpty { return }
        tensor = tensor.sum(axes: axes)
        letters.removeAll(where: isGone)
    }

    func ordered(as wanted: [Character]) -> Tensor {
        if wanted == letters { return tensor }
        return tensor.permuted(wanted.compactMap { letters.firstIndex(of: $0) })
    }

    /// The product with another term, summed over the letters that are not in `kept`.
    func times(_ other: EinsumTerm, keeping kept: Set<Character>) -> EinsumTerm {
        let shared = letters.filter(other.letters.contains)
        let batch = shared.filter(kept.contains)
        let summed = shared.filter { !kept.contains($0) }
        let left = letters.filter { !shared.contains($0) }
        let right = other.letters.filter { !shared.contains($0) }
        func size(_ list: [Character]) -> Int {
            list.reduce(1) { product, letter in
                let axis = letters.firstIndex(of: letter)
                let size =
                    axis.map { tensor.shape[$0] }
                    ?? other.letters.firstIndex(of: letter).map { other.tensor.shape[$0] }
                return product * (size ?? 1)
            }
        }
        func sizes(_ list: [Character]) -> [Int] { list.map { size([$0]) } }
        // [batch, left, summed] · [batch, right, summed]ᵀ → [batch, left, right]
        let a = ordered(as: batch + left + summed)
            .reshaped(to: [size(batch), size(left), size(summed)])
        let b = other.ordered(as: batch + right + summed)
            .reshaped(to: [size(batch), size(right), size(summed)])
        let product =
            summed.isEmpty
            ? a * b.reshaped(to: [size(batch), 1, size(right)])
            : matmul(a, b, transposingRight: true)
        return EinsumTerm(
            tensor: product.reshaped(to: Shape(sizes(batch + left + right))),
            letters: batch + left + right)
    }
}
