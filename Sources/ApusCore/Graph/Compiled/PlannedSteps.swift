/// A step of a plan: it reads and writes memory that was planned ahead, through views that stand ready.
class PlannedStep {
    final let inputs: Operands
    final let outputs: Operands

    init(_ inputs: Operands, _ outputs: Operands) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Does it.
    func run() {}
}

/// An operation's kernel.
final class PrimitiveStep: PlannedStep {
    private let primitive: any Primitive

    init(_ primitive: any Primitive, _ inputs: Operands, _ outputs: Operands) {
        self.primitive = primitive
        super.init(inputs, outputs)
    }

    override func run() { primitive.forward(inputs, into: outputs) }
}

/// An operation that draws random numbers, with the key of the call.
final class KeyedStep<P: KeyedPrimitive>: PlannedStep {
    private var primitive: P
    private let key: UnsafePointer<RandomKey>

    init(
        _ primitive: P, key: UnsafePointer<RandomKey>, _ inputs: Operands, _ outputs: Operands
    ) {
        self.primitive = primitive
        self.key = key
        super.init(inputs, outputs)
    }

    override func run() {
        primitive.key = key.pointee
        primitive.forward(inputs, into: outputs)
    }
}

/// A change of a parameter, or of something else outside.
final class EffectStep: PlannedStep {
    private let effect: TracedEffect
    private let cell: CellPlaces?

    init(_ effect: TracedEffect, cell: CellPlaces?, _ inputs: Operands, _ outputs: Operands) {
        self.effect = effect
        self.cell = cell
        super.init(inputs, outputs)
    }

    override func run() {
        guard let cell else { return effect.run(inputs, nil, nil) }
        cell.change(isPartial: effect.isPartial) { effect.run(inputs, $0, $1) }
    }
}

/// The places of a plan at which the values of one parameter are read.
///
/// A parameter may be given other memory between two calls, or by its own update: then the places are told.
final class CellPlaces {
    private let cell: any TensorCell
    private let places: [UnsafeMutablePointer<TensorView>]
    @exclusivity(unchecked)
    private var pointer: UnsafeMutableRawPointer?
    /// Held while a call reads it, so that nobody else's assignment takes it away.
    @exclusivity(unchecked)
    private var held: Storage?

    init(_ cell: any TensorCell, _ places: [UnsafeMutablePointer<TensorView>]) {
        self.cell = cell
        self.places = places
    }

    /// Before a call: where the values lie now.
    func begin() {
        let storage = cell.currentStorage
        if storage.pointer != pointer { point(to: storage.pointer) }
        held = storage
    }

    /// After a call.
    func end() { held = nil }

    func change(
        isPartial: Bool, _ body: (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void
    ) {
        held = nil
        cell.update(isPartial: isPartial) { old, new in
            body(old.pointer, new.pointer)
            if new.pointer != pointer { point(to: new.pointer) }
            held = new
        }
    }

    private func point(to pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
        for place in places { place.pointee.pointer = pointer }
    }
}
