import ApusCore
import ApusNN
import ApusTesting
import Testing

/// Recurrent layers with true lengths, as PyTorch computes packed sequences.
struct GoldenRecurrentTests {
    static let names = ["rnn", "lstm", "gru"].flatMap { ["layer.\($0).1", "layer.\($0).2bi"] }

    @Test(arguments: [(1, false), (2, true)])
    private func aSimpleNetworkIsTheReferences(_ sizes: (layers: Int, isBidirectional: Bool)) throws
    {
        try check("rnn", sizes, gates: 1) { inputs, width in
            RNN(inputs, width, layers: sizes.layers, bidirectional: sizes.isBidirectional)
        } last: { last, width in
            [last.stacked(width: width)]
        }
    }

    @Test(arguments: [(1, false), (2, true)])
    private func anLSTMIsTheReferences(_ sizes: (layers: Int, isBidirectional: Bool)) throws {
        try check("lstm", sizes, gates: 4) { inputs, width in
            LSTM(inputs, width, layers: sizes.layers, bidirectional: sizes.isBidirectional)
        } last: { last, width in
            let (hidden, cell) = last.stacked(width: width)
            return [hidden, cell]
        }
    }

    @Test(arguments: [(1, false), (2, true)])
    private func aGRUIsTheReferences(_ sizes: (layers: Int, isBidirectional: Bool)) throws {
        try check("gru", sizes, gates: 3) { inputs, width in
            GRU(inputs, width, layers: sizes.layers, bidirectional: sizes.isBidirectional)
        } last: { last, width in
            [last.stacked(width: width)]
        }
    }

    /// A layer whose parameters, found by PyTorch's names, are those of the file.
    private func check<Network: RecurrentLayer>(
        _ name: String, _ sizes: (layers: Int, isBidirectional: Bool), gates: Int,
        _ make: @escaping @Sendable (_ inputs: Int, _ width: Int) -> Network,
        last: @escaping @Sendable (Network.State, _ width: Int) -> [Tensor]
    ) throws {
        let name = "layer.\(name).\(sizes.layers)\(sizes.isBidirectional ? "bi" : "")"
        for source in GoldenFile.Source.present {
            try check(GoldenFile(name, from: source), name, make, last: last)
        }
    }

    private func check<Network: RecurrentLayer>(
        _ file: GoldenFile, _ name: String,
        _ make: (_ inputs: Int, _ width: Int) -> Network,
        last: (Network.State, _ width: Int) -> [Tensor]
    ) throws {
        let width = file["weight_hh_l0"].shape[1]
        let network = make(file["x"].shape[2], width)
        for (name, parameter) in network.parameters.map({ ($0.name, $0.parameter) }) {
            parameter.assign(file[name])
        }
        let x = file["x"].tracked()
        let (states, end) = network(x, lengths: file["lens"])
        for (index, output) in ([states] + last(end, width)).enumerated() {
            let expected = file[index == 0 ? "out" : "out.\(index)"]
            let difference = mismatch(output, expected, within: 1e-5, relativeToLargest: true)
            #expect(difference == nil, "output \(index) of \(name)")
        }
        let gradients = (states * file["weight"]).sum().backward()
        var checked = [("x", gradients[x])]
        checked += network.parameters.map { ($0.name, gradients[$0.parameter]) }
        #expect(checked.count == file.differentiable.count)
        for (name, gradient) in checked {
            let difference = mismatch(
                gradient, file["grad.\(name)"], within: 1e-4, relativeToLargest: true)
            #expect(difference == nil, "gradient of \(name)")
        }
    }
}
