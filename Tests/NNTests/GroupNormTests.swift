import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Group and instance normalization, and padding around pooling windows.
struct GroupNormTests {
    /// The definition, element by element.
    private func plain(_ x: Tensor, groups: Int) -> Tensor {
        // [batch, channels, position]
        let (batch, width, positions) = (x.shape[0], x.shape[1], x.shape[2])
        let values = x.floats
        var result = values
        let share = width / groups
        for item in 0..<batch {
            for group in 0..<groups {
                let start = (item * width + group * share) * positions
                let range = start..<start + share * positions
                let mean = range.reduce(0.0) { $0 + Double(values[$1]) } / Double(range.count)
                let variance =
                    range.reduce(0.0) {
                        $0 + (Double(values[$1]) - mean) * (Double(values[$1]) - mean)
                    } / Double(range.count)
                for index in range {
                    result[index] = Float(
                        (Double(values[index]) - mean) / (variance + 1e-5).squareRoot())
                }
            }
        }
        return Tensor(result, shape: x.shape)
    }

    @Test func groupsAreNormalizedByThemselves() {
        let x = Tensor.normal([2, 6, 5], mean: 3, deviation: 2, key: RandomKey(1))
        for groups in [1, 2, 3, 6] {
            let expected = plain(x, groups: groups)
            let found = groupNorm(x, groups: groups, channels: .first)
            #expect(mismatch(found, expected, within: 1e-5) == nil)
            let last = groupNorm(x.swappingAxes(1, 2), groups: groups)
            #expect(mismatch(last.swappingAxes(1, 2), expected, within: 1e-5) == nil)
        }
        #expect(
            mismatch(instanceNorm(x, channels: .first), plain(x, groups: 6), within: 1e-5) == nil)
        let image = x.reshaped(to: [2, 6, 5, 1])
        #expect(
            mismatch(
                instanceNorm(image, channels: .first).reshaped(to: [2, 6, 5]),
                plain(x, groups: 6), within: 1e-5) == nil)
    }

    @Test func layersScaleAndShiftByChannel() {
        let norm = GroupNorm(4, groups: 2)
        #expect(norm.parameters.map(\.name) == ["weight", "bias"])
        norm.weight?.assign(Tensor([1, 2, 3, 4]))
        norm.bias?.assign(Tensor([0, 1, 0, -1]))
        let x = Tensor.normal([3, 2, 4], key: RandomKey(2))
        let expected = groupNorm(x, groups: 2) * Tensor([1, 2, 3, 4]) + Tensor([0, 1, 0, -1])
        #expect(mismatch(norm(x), expected, within: 1e-6) == nil)
        #expect(InstanceNorm(4).parameters.isEmpty)
        #expect(InstanceNorm(4, hasAffine: true).parameters.count == 2)
        #expect(norm(.zeros([0, 2, 4])).shape == [0, 2, 4])
        let y = x.tracked()
        let slope = (square(norm(y)) * x).sum().backward()[y]
        #expect(slope.floats.allSatisfy { $0.isFinite })
    }

    @Test func oneValueAloneIsRefused() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = instanceNorm(.ones([2, 1, 4]))
        }
        #expect(text(result).contains("InstanceNorm: [2, 1, 4] in 4 groups: one value alone"))
        let uneven = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            _ = GroupNorm(4, groups: 3)
        }
        #expect(text(uneven).contains("GroupNorm: 4 channels cannot be cut into 3 equal groups"))
    }

    @Test func paddingNeverWinsAndCountsAsZeros() {
        let x = Tensor([-1, -2, -3, -4, -5], shape: [1, 5, 1]).tracked()
        let greatest = maxPooling1D(x, width: 3, stride: 2, padding: 1)
        #expect(greatest.floats == [-1, -2, -4])
        #expect(greatest.sum().backward()[x].floats == [1, 1, 0, 1, 0])
        let mean = meanPooling1D(x, width: 3, stride: 2, padding: 1)
        #expect(mismatch(mean.flattened(), Tensor([-1, -3, -3]), within: 1e-6) == nil)
        let real = meanPooling1D(x, width: 3, stride: 2, padding: 1, countsPadding: false)
        #expect(real.floats == [-1.5, -3, -4.5])
        #expect(real.sum().backward()[x].floats[0] == 0.5)
        let image = Tensor([1, 2, 3, 4], shape: [1, 2, 2, 1])
        #expect(
            meanPooling2D(image, width: 2, stride: 2, padding: 1).floats == [0.25, 0.5, 0.75, 1])
        #expect(
            meanPooling2D(image, width: 2, stride: 2, padding: 1, countsPadding: false).floats
                == [1, 2, 3, 4])
        #expect(maxPooling2D(image, width: 3, stride: 1, padding: 1).floats == [4, 4, 4, 4])
        #expect(MaxPooling1D(3, stride: 2, padding: 1)(x).floats == [-1, -2, -4])
        #expect(
            MeanPooling1D(3, stride: 2, padding: 1, countsPadding: false)(x).floats
                == [-1.5, -3, -4.5])
        let short = Tensor([7], shape: [1, 1, 1])
        #expect(maxPooling1D(short, width: 3, stride: 1, padding: 1).floats == [7])
    }

    private func text(_ result: ExitTest.Result?) -> String {
        String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }
}
