import ApusCore
import ApusFiles
import ApusNN
import ApusSystem

/// The saved state of a training: parameters, optimizer, position, log; one safetensors file.
///
/// It names the training it belongs to, so that it is not continued with other data or options, and carries a
/// fingerprint of its numbers, so that a damaged file is noticed.
public struct CheckpointFile: Sendable {
    /// Where it lies.
    public let path: String
    /// What the training is of: options and data. A resume asks for the same text.
    public let identity: String

    /// A checkpoint at `path` of the training that `identity` describes.
    public init(path: String, identity: String) {
        self.path = path
        self.identity = identity
    }

    /// Whether there is one.
    public var exists: Bool { fileExists(path) }

    func save(_ state: TrainingState, _ model: any ModelPart, _ optimizer: any Optimizer) throws {
        var tensors: [(name: String, tensor: Tensor)] = []
        for named in model.parameters {
            tensors.append(("parameter/" + named.name, named.parameter.value.detached()))
        }
        let optimizerState = optimizer.state
        for (name, tensor) in optimizerState.tensors {
            tensors.append(("optimizer/" + name, tensor))
        }
        for (named, tensor) in zip(model.parameters, state.best?.parameters ?? []) {
            tensors.append(("best/" + named.name, tensor))
        }
        var position: JSONObject = [
            "identity": .string(identity), "epoch": .integer(state.epoch),
            "batch": .integer(state.batch),
            "optimizer": .string(optimizerState.optimizer),
            "optimizerStep": .integer(optimizerState.step),
            "optimizerCounts": .object(
                JSONObject(
                    optimizerState.counts.sorted { $0.key < $1.key }
                        .map { ($0.key, .integer($0.value)) })),
            "lossSum": bits(state.lossSum), "weightSum": bits(state.weightSum),
            "seconds": .number(state.seconds), "reports": .array(state.reports.map(json)),
        ]
        if let plateau = state.plateau {
            var saved: JSONObject = [
                "waited": .integer(plateau.waited), "reductions": .integer(plateau.reductions),
            ]
            if let best = plateau.best { saved["best"] = bits(best) }
            position["plateau"] = .object(saved)
        }
        if let best = state.best {
            position["best"] = ["epoch": .integer(best.epoch), "score": bits(best.score)]
        }
        let text = JSON.object(position).text()
        try writeSafetensors(
            tensors,
            metadata: [("state", text), ("fingerprint", Self.fingerprint(text, tensors))], to: path)
    }

    /// Puts model and optimizer back to where the training stood.
    ///
    /// - Returns: the rest of the state; nil when there is no checkpoint.
    func load(_ model: any ModelPart, _ optimizer: any Optimizer) throws -> TrainingState? {
        guard exists else { return nil }
        let file = try SafetensorsFile(path)
        let metadata = Dictionary(file.metadata.map { ($0.key, $0.value) }) { first, _ in first }
        guard let text = metadata["state"] else { throw CheckpointError.damaged(path: path) }
        let tensors = try file.entries.map { (name: $0.name, tensor: try file.tensor($0.name)) }
        guard metadata["fingerprint"] == Self.fingerprint(text, tensors) else {
            throw CheckpointError.damaged(path: path)
        }
        let position = JSONCursor(try JSON(parsing: text, name: path), source: path)
        guard try position["identity"].string() == identity else {
            throw CheckpointError.otherTraining(path: path)
        }
        let byName = Dictionary(tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
        func parameters(_ kind: String) throws -> [Tensor] {
            let names = model.parameters.map { "\(kind)/\($0.name)" }
            let saved = tensors.map(\.name).filter { $0.hasPrefix("\(kind)/") }
            let (missing, unexpected) = (
                names.filter { byName[$0] == nil }, saved.filter { !names.contains($0) }
            )
            guard missing.isEmpty && unexpected.isEmpty else {
                throw SafetensorsError.otherNames(
                    path: path,
                    missing: missing.map {
                        MissingName($0, nearest: nearestName(to: $0, among: unexpected))
                    }, unexpected: unexpected)
            }
            return try model.parameters.map { named in
                guard let tensor = byName["\(kind)/\(named.name)"],
                    tensor.shape == named.parameter.shape, tensor.scalarType == .float32
                else { throw CheckpointError.otherTraining(path: path) }
                return tensor
            }
        }
        var state = TrainingState()
        state.epoch = try position["epoch"].integer(in: 0...Int.max)
        state.batch = try position["batch"].integer(in: 0...Int.max)
        state.lossSum = try number(position["lossSum"])
        state.weightSum = try number(position["weightSum"])
        if try position["plateau"].isPresent {
            let saved = try position["plateau"]
            state.plateau = ReduceOnPlateau.State(
                best: try saved["best"].isPresent ? try number(saved["best"]) : nil,
                waited: try saved["waited"].integer(in: 0...Int.max),
                reductions: try saved["reductions"].integer(in: 0...Int.max))
        }
        state.seconds = try position["seconds"].number()
        state.reports = try position["reports"].array().map(report)
        if try position["best"].isPresent {
            state.best = TrainingState.Best(
                epoch: try position["best"]["epoch"].integer(),
                score: try number(position["best"]["score"]), parameters: try parameters("best"))
        }
        let optimizerState = try optimizerState(position, tensors)
        try requireFit(of: optimizerState, to: optimizer)
        // Nothing changes before all is known to fit.
        for (named, tensor) in zip(model.parameters, try parameters("parameter")) {
            named.parameter.assign(tensor)
        }
        optimizer.restore(optimizerState)
        return state
    }

    private func optimizerState(
        _ position: JSONCursor, _ tensors: [(name: String, tensor: Tensor)]
    ) throws -> OptimizerState {
        var counts: [String: Int] = [:]
        for name in try position["optimizerCounts"].object().keys {
            counts[name] = try position["optimizerCounts"][name].integer(in: 0...Int.max)
        }
        return OptimizerState(
            step: try position["optimizerStep"].integer(in: 0...Int.max),
            tensors: tensors.filter { $0.name.hasPrefix("optimizer/") }
                .map { (String($0.name.dropFirst("optimizer/".count)), $0.tensor) },
            optimizer: try position["optimizer"].string(), counts: counts)
    }

    private func requireFit(of state: OptimizerState, to optimizer: any Optimizer) throws {
        let present = optimizer.state.optimizer
        if !state.optimizer.isEmpty, !present.isEmpty, state.optimizer != present {
            throw CheckpointError.otherOptimizer(
                path: path, saved: state.optimizer, present: present)
        }
        if optimizer.mismatch(with: state) != nil {
            throw CheckpointError.otherTraining(path: path)
        }
    }

    /// Removes the file, when the training is done.
    public func remove() throws { if exists { try removeTree(path) } }

    /// Of the numbers, and of their names and shapes: a misspelt name would leave out what it names.
    package static func fingerprint(
        _ text: String, _ tensors: [(name: String, tensor: Tensor)]
    ) -> String {
        let headings = tensors.map { "\n\($0.name) \($0.tensor.scalarType) \($0.tensor.shape)" }
        let bytes = (text + headings.joined()).utf8.map { Int32($0) }
        return ApusTraining.fingerprint(of: [Tensor(ids: bytes)] + tensors.map(\.tensor))
    }

    // MARK: Numbers to the bit

    /// Decimal text would do too, but must not depend on anybody's rounding.
    private func bits(_ value: Double) -> JSON { .string(String(value.bitPattern, radix: 16)) }

    private func number(_ cursor: JSONCursor) throws -> Double {
        guard let pattern = UInt64(try cursor.string(), radix: 16) else {
            throw cursor.invalid("must be the bits of a number in hexadecimal")
        }
        return Double(bitPattern: pattern)
    }

    private func json(_ report: EpochReport) -> JSON {
        var object: JSONObject = [
            "epoch": .integer(report.epoch), "loss": bits(report.loss),
            "isBest": .bool(report.isBest),
            "fingerprint": .string(report.fingerprint), "seconds": .number(report.seconds),
        ]
        if let evaluation = report.evaluation {
            object["score"] = bits(evaluation.score)
            object["figures"] = .array(
                evaluation.figures.map { ["name": .string($0.name), "value": bits($0.value)] })
        }
        return .object(object)
    }

    private func report(_ cursor: JSONCursor) throws -> EpochReport {
        var evaluation: Evaluation?
        if try cursor["score"].isPresent {
            evaluation = Evaluation(
                score: try number(cursor["score"]),
                figures: try cursor["figures"].array().map {
                    Evaluation.Figure(try $0["name"].string(), try number($0["value"]))
                })
        }
        return EpochReport(
            epoch: try cursor["epoch"].integer(), loss: try number(cursor["loss"]),
            evaluation: evaluation, isBest: try cursor["isBest"].bool(),
            fingerprint: try cursor["fingerprint"].string(), seconds: try cursor["seconds"].number()
        )
    }
}

/// Why a checkpoint cannot be continued.
public enum CheckpointError: DescribedError, Equatable {
    /// Its numbers are not those that were written.
    case damaged(path: String)
    /// It was saved by a training with other data or options.
    case otherTraining(path: String)
    /// It holds the moments of another optimizer, or of one with other settings.
    case otherOptimizer(path: String, saved: String, present: String)

    /// What is wrong.
    public var message: String {
        switch self {
        case .damaged(let path): "\(path): the checkpoint is damaged"
        case .otherTraining(let path):
            "\(path): the checkpoint belongs to a training with other data or options"
        case .otherOptimizer(let path, let saved, let present):
            "\(path): the checkpoint was saved by a training with \(saved), not \(present)"
        }
    }

    /// The remedy.
    public var hint: String? {
        switch self {
        case .damaged: "remove it and train from the start"
        case .otherTraining, .otherOptimizer:
            "repeat the options it was started with, or train without --resume"
        }
    }
}
