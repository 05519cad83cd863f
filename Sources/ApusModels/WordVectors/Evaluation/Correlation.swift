/// Pearson's correlation; 0 where one side does not vary.
func pearsonCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    guard x.count == y.count, count > 0 else { return 0 }
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for index in x.indices {
        let (dx, dy) = (x[index] - meanX, y[index] - meanY)
        xx += dx * dx
        yy += dy * dy
        xy += dx * dy
    }
    return xx > 0 && yy > 0 ? xy / (xx.squareRoot() * yy.squareRoot()) : 0
}

/// Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of their ranks.
func spearmanCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    pearsonCorrelation(ranks(of: x), ranks(of: y))
}

private func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
        start = end
    }
    return ranks
}
