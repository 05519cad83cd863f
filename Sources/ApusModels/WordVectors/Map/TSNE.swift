import ApusCore
import CApusKernels

/// t-SNE: a map on which near points stay near (van der Maaten and Hinton, “Visualizing Data using t-SNE”,
/// 2008), with all pairs computed: for some thousand points.
///
/// p(j|i) ∝ exp(−‖xᵢ − xⱼ‖²/2σᵢ²) with σᵢ such that 2^entropy is the perplexity, pᵢⱼ = (p(j|i) + p(i|j))/2n;
/// on the map qᵢⱼ ∝ 1/(1 + ‖yᵢ − yⱼ‖²). Gradient descent on KL(P‖Q) with momentum and gains, P exaggerated at
/// first, from the principal components (scaled to a deviation of 10⁻⁴, as scikit-learn begins). No
/// random numbers are drawn, and sums have a fixed order: the same points give the same map everywhere.
struct TSNE {
    var perplexity: Float = 30
    var iterations = 1000
    var exaggeration: Float = 12
    var exaggeratedIterations = 250

    /// The map of points [rows, dimension]: [rows, 2].
    func map(_ points: [Float], dimension: Int) -> [Double] {
        let rows = points.count / dimension
        let start = PrincipalAxes.project(points, dimension: dimension, on: 2)
        guard rows > 3 else { return start }
        let affinities = Affinities(
            points, dimension: dimension, perplexity: min(perplexity, Float(rows - 1) / 3))
        let layout = Layout(start: start, rows: rows)
        let rate = max(Float(rows) / exaggeration / 4, 50)
        for iteration in 0..<iterations {
            let isEarly = iteration < exaggeratedIterations
            layout.step(
                affinities, exaggeration: isEarly ? exaggeration : 1, momentum: isEarly ? 0.5 : 0.8,
                rate: rate)
        }
        return layout.positions
    }
}

/// P: how near points are to each other, [rows, stride], the rows filled up with zeros.
private struct Affinities {
    let rows: Int
    let stride: Int
    let values: [Float]

    init(_ points: [Float], dimension: Int, perplexity: Float) {
        let rows = points.count / dimension
        let stride = (rows + 7) / 8 * 8
        var conditional = [Float](repeating: 0, count: rows * stride)
        conditional.withUnsafeMutableBufferPointer { conditional in
            let target = SharedFloats(base: conditional.baseAddress)
            points.withUnsafeBufferPointer { points in
                Parallel.run(rows) { row in
                    guard let line = target.base.map({ $0 + row * stride }) else { return }
                    Self.distances(from: row, points, dimension, rows, into: line)
                    Self.normalize(line, rows, skipping: row, perplexity: perplexity)
                }
            }
        }
        // p(j|i) + p(i|j), over 2n.
        var joint = [Float](repeating: 0, count: rows * stride)
        let scale = 1 / (2 * Float(rows))
        for row in 0..<rows {
            for column in 0..<rows {
                let sum = conditional[row * stride + column] + conditional[column * stride + row]
                joint[row * stride + column] = sum * scale
            }
        }
        self.rows = rows
        self.stride = stride
        values = joint
    }

    private static func distances(
        from row: Int, _ points: UnsafeBufferPointer<Float>, _ dimension: Int, _ rows: Int,
        into line: UnsafeMutablePointer<Float>
    ) {
        for other in 0..<rows {
            var sum: Float = 0
            for column in 0..<dimension {
                let difference =
                    points[row * dimension + column] - points[other * dimension + column]
                sum += difference * difference
            }
            line[other] = sum
        }
    }

    /// Squared distances become p(·|row): the width of the Gaussian is found by halving intervals.
    private static func normalize(
        _ line: UnsafeMutablePointer<Float>, _ rows: Int, skipping row: Int, perplexity: Float
    ) {
        let wanted = apus_log_f32(perplexity)
        var nearest = Float.infinity
        for other in 0..<rows where other != row { nearest = min(nearest, line[other]) }
        var (beta, low, high): (Float, Float, Float) = (1, 0, .infinity)
        var sum: Float = 0
        for _ in 0..<64 {
            sum = 0
            var weighted: Float = 0
            for other in 0..<rows where other != row {
                // Distances are taken from the nearest point's: else all weights could vanish.
                let weight = apus_exp_f32(-beta * (line[other] - nearest))
                sum += weight
                weighted += weight * (line[other] - nearest)
            }
            let entropy = apus_log_f32(sum) + beta * weighted / sum
            if (entropy - wanted).magnitude < 1e-5 { break }
            if entropy > wanted {
                low = beta
                beta = high.isFinite ? (beta + high) / 2 : beta * 2
            } else {
                high = beta
                beta = (beta + low) / 2
            }
        }
        for other in 0..<rows {
            line[other] = other == row ? 0 : apus_exp_f32(-beta * (line[other] - nearest)) / sum
        }
    }
}

/// The points on the map while they move.
private final class Layout {
    private let rows: Int
    private let stride: Int
    /// x of all points, then y, each filled up to whole vectors.
    private var places: [Float]
    private var velocity: [Float]
    private var gains: [Float]
    /// Attraction x, y, repulsion x, y and Σ q of each row.
    private var forces: [Float]

    init(start: [Double], rows: Int) {
        self.rows = rows
        stride = (rows + 7) / 8 * 8
        places = [Float](repeating: 0, count: 2 * stride)
        velocity = places
        gains = [Float](repeating: 1, count: 2 * stride)
        forces = [Float](repeating: 0, count: 5 * rows)
        var squares = 0.0
        for row in 0..<rows { squares += start[2 * row] * start[2 * row] }
        let deviation = (squares / Double(rows)).squareRoot()
        let scale = deviation > 0 ? 1e-4 / deviation : 0
        for row in 0..<rows {
            places[row] = Float(start[2 * row] * scale)
            places[stride + row] = Float(start[2 * row + 1] * scale)
        }
        // Points that begin in one place would move as one forever.
        for row in 0..<rows { places[row] += Float(row) * 1e-9 }
    }

    var positions: [Double] {
        (0..<rows).flatMap { [Double(places[$0]), Double(places[stride + $0])] }
    }

    func step(_ affinities: Affinities, exaggeration: Float, momentum: Float, rate: Float) {
        computeForces(affinities)
        var total = 0.0
        for row in 0..<rows { total += Double(forces[5 * row + 4]) }
        let scale = Float(1 / max(total, 1e-300))
        var means = (0.0, 0.0)
        for row in 0..<rows {
            for axis in 0..<2 {
                let index = axis * stride + row
                let gradient =
                    4 * (exaggeration * forces[5 * row + axis] - forces[5 * row + 2 + axis] * scale)
                let isTurning = (gradient > 0) == (velocity[index] > 0)
                gains[index] = max(isTurning ? gains[index] * 0.8 : gains[index] + 0.2, 0.01)
                velocity[index] = momentum * velocity[index] - rate * gains[index] * gradient
                places[index] += velocity[index]
            }
            means.0 += Double(places[row])
            means.1 += Double(places[stride + row])
        }
        // The map does not wander off.
        let (meanX, meanY) = (Float(means.0 / Double(rows)), Float(means.1 / Double(rows)))
        for row in 0..<rows {
            places[row] -= meanX
            places[stride + row] -= meanY
        }
    }

    /// For each row Σⱼ p·q·(y − yⱼ), Σⱼ q²·(y − yⱼ) and Σⱼ q, with q = 1/(1 + ‖y − yⱼ‖²), in eight lanes.
    private func computeForces(_ affinities: Affinities) {
        let (rows, stride) = (rows, stride)
        let rowsPerTask = 16
        forces.withUnsafeMutableBufferPointer { forces in
            let target = SharedFloats(base: forces.baseAddress)
            places.withUnsafeBufferPointer { places in
                affinities.values.withUnsafeBufferPointer { affinities in
                    guard let x = places.baseAddress, let p = affinities.baseAddress,
                        let forces = target.base
                    else { return }
                    Parallel.run((rows + rowsPerTask - 1) / rowsPerTask) { task in
                        let first = task * rowsPerTask
                        for row in first..<min(first + rowsPerTask, rows) {
                            Self.force(
                                on: row, x, x + stride, p + row * stride, rows, forces + 5 * row)
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func force(
        on row: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
        _ p: UnsafePointer<Float>,
        _ rows: Int, _ force: UnsafeMutablePointer<Float>
    ) {
        typealias Lanes = SIMD8<Float>
        let (ownX, ownY) = (Lanes(repeating: x[row]), Lanes(repeating: y[row]))
        let one = Lanes(repeating: 1)
        var (pullX, pullY, pushX, pushY, sum) = (
            Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero
        )
        var column = 0
        while column < rows {
            let dx = ownX - load(x + column)
            let dy = ownY - load(y + column)
            var q = one / (one + (dx * dx + dy * dy))
            // The places behind the last point are nobody's.
            if column + 8 > rows { for lane in rows - column..<8 { q[lane] = 0 } }
            let pq = load(p + column) * q
            let qq = q * q
            pullX += pq * dx
            pullY += pq * dy
            pushX += qq * dx
            pushY += qq * dy
            sum += q
            column += 8
        }
        force[0] = total(pullX)
        force[1] = total(pullY)
        force[2] = total(pushX)
        force[3] = total(pushY)
        // A point's nearness to itself is 1 and does not count.
        force[4] = total(sum) - 1
    }

    @inline(__always)
    private static func load(_ place: UnsafePointer<Float>) -> SIMD8<Float> {
        UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
    }

    /// By a fixed tree.
    @inline(__always)
    private static func total(_ lanes: SIMD8<Float>) -> Float {
        let four = lanes.lowHalf + lanes.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }
}
