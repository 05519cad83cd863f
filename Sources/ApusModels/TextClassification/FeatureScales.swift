import ApusText

/// How much each feature tells about the class:
///
///     0.1 + (Σ_c q_c · ln(q_c / p_c))^¾,   q_c = (d_c + p_c) / (D + 1),   p_c = n_c / N
///
/// with d_c of class c's n_c texts and D of all N having the feature. The sum is the relative
/// entropy of the classes given the feature to the classes at large. It is 0 for a feature that is
/// as frequent everywhere; the p_c that is added holds back features that few texts have, and is
/// small where classes are many, so that a feature of one text of a class that has ten counts.
func informations(of rows: SparseRows, labels: [Int32], classes: Int) -> [Float] {
    let total = rows.count
    var sizes = [Int](repeating: 0, count: classes)
    for label in labels { sizes[Int(label)] += 1 }
    let shares = sizes.map { Double($0) / Double(max(total, 1)) }
    let wholes = (0...total + 1).map { $0 == 0 ? 0 : naturalLogarithm(Double($0)) }
    // ln((d + p) / p) of the small counts, which nearly all are.
    let small = 16
    let gains = shares.flatMap { share in
        (0..<small).map { count in
            share > 0 ? naturalLogarithm((Double(count) + share) / share) : 0
        }
    }
    let postings = rows.transposed()
    var counts = [Int](repeating: 0, count: classes)
    var found: [Int] = []
    return (0..<postings.count).map { feature in
        found.removeAll(keepingCapacity: true)
        for entry in postings[feature] {
            let label = Int(labels[Int(postings.ids[entry])])
            if counts[label] == 0 { found.append(label) }
            counts[label] += 1
        }
        let documents = postings[feature].count
        // Σ q ln(q / p) = Σ q ln((d + p) / p) − ln(D + 1): classes without the feature add nothing.
        var sum = 0.0
        for label in found {
            let (count, share) = (counts[label], shares[label])
            let gain =
                count < small
                ? gains[label * small + count]
                : naturalLogarithm((Double(count) + share) / share)
            sum += (Double(count) + share) * gain
            counts[label] = 0
        }
        let entropy = max(sum / Double(documents + 1) - wholes[documents + 1], 0)
        let root = entropy.squareRoot()
        return Float(0.1 + root * root.squareRoot())
    }
}

/// How much more often each feature occurs in some class than in the others:
///
///     max over classes of |ln( (d + ½)/(n + 1) : (D − d + ½)/(N − n + 1) )|
///
/// with d of the class's n texts and D of all N having the feature (Wang and Manning 2012, for many classes).
func logCountRatios(of rows: SparseRows, labels: [Int32], classes: Int) -> [Float] {
    var sizes = [Int](repeating: 0, count: classes)
    for label in labels { sizes[Int(label)] += 1 }
    var counts = [Int32](repeating: 0, count: rows.columnCount * classes)
    counts.withUnsafeMutableBufferPointer { counts in
        for row in 0..<rows.count {
            let label = Int(labels[row])
            for entry in rows[row] { counts[Int(rows.ids[entry]) * classes + label] += 1 }
        }
    }
    let total = rows.count
    // ln((d + ½) / (D − d + ½)) − ln((n + 1) / (N − n + 1)): the logarithms of whole and half numbers are few.
    let halves = (0...total).map { naturalLogarithm(Double($0) + 0.5) }
    let priors = sizes.map {
        naturalLogarithm(Double($0 + 1)) - naturalLogarithm(Double(total - $0 + 1))
    }
    return counts.withUnsafeBufferPointer { counts in
        (0..<rows.columnCount).map { feature in
            let own = UnsafeBufferPointer(
                rebasing: counts[feature * classes..<(feature + 1) * classes])
            let documents = own.reduce(0) { $0 + Int($1) }
            var largest = 0.0
            for label in 0..<classes {
                let inside = Int(own[label])
                let ratio = halves[inside] - halves[documents - inside] - priors[label]
                largest = max(largest, abs(ratio))
            }
            return Float(largest)
        }
    }
}
