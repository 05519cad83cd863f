/// What a compiled closure did, step by step: a program in which every value is written once.
struct Trace {
    /// A tensor of the program.
    struct Value {
        let type: TensorType
        let origin: Origin
    }

    /// Where a value comes from.
    enum Origin {
        /// The call's argument of that number.
        case argument(Int)
        /// The parameter of that number, at the start or after a step that changed it.
        case cell(Int)
        /// The same in every call.
        case constant(Storage)
        /// A step writes it.
        case computed
    }

    /// A value as a step reads it: perhaps in another shape of as many elements.
    struct Use: Hashable {
        var value: Int
        let shape: Shape
    }

    /// Something done.
    struct Step {
        let action: Action
        var inputs: [Use]
        let outputs: [Int]
        /// The random key that it draws from, by its number.
        let key: Int?

        init(_ action: Action, inputs: [Use], outputs: [Int], key: Int? = nil) {
            self.action = action
            self.inputs = inputs
            self.outputs = outputs
            self.key = key
        }

        var effect: TracedEffect? {
            if case .effect(let effect) = action { effect } else { nil }
        }

        var primitive: (any Primitive)? {
            if case .primitive(let primitive) = action { primitive } else { nil }
        }
    }

    /// What a step does.
    enum Action {
        case primitive(any Primitive)
        case effect(TracedEffect)
        case fused(FusedPointwise)
    }

    /// How a random key comes to be.
    enum Key {
        case argument(Int)
        case derived(parent: Int, counter: UInt64, purpose: UInt64)
    }

    var values: [Value] = []
    var steps: [Step] = []
    var results: [Use] = []
    var cells: [any TensorCell] = []
    var keys: [Key] = []
    var argumentCount = 0
    var keyArgumentCount = 0
    /// The operations that ran eagerly, and how many of them were of constants alone.
    var kernelCount = 0
    var foldedCount = 0

    mutating func append(_ type: TensorType, _ origin: Origin) -> Int {
        values.append(Value(type: type, origin: origin))
        return values.count - 1
    }
}

/// A change of something beyond the tensors of a trace, as it is done again in each call.
package struct TracedEffect {
    /// Does it: reads the inputs, reads the cell's old elements and writes the new ones. Where no cell is changed the
    /// pointers are nil; where it is changed in place they are equal.
    package typealias Body = (
        _ inputs: Operands, _ old: UnsafeMutableRawPointer?, _ new: UnsafeMutableRawPointer?
    ) -> Void

    let name: String
    /// The number of the cell that it changes.
    let cell: Int?
    /// It writes only some elements of the cell.
    let isPartial: Bool
    let run: Body
    /// Whether the call ends with this step, as seen in its inputs; nil for one that never does.
    var endsCall: ((_ inputs: Operands) -> Bool)?
}

/// Something that holds a tensor and can be given another: a parameter.
package protocol TensorCell: AnyObject, Sendable {
    /// What it holds always has this type.
    var type: TensorType { get }

    /// What it holds now.
    var currentStorage: Storage { get }

    /// Computes new elements from the present ones, in place when nothing else shows them.
    func update(isPartial: Bool, _ update: (_ old: Storage, _ new: Storage) -> Void)
}

/// An operation that draws random numbers: a compiled graph gives it a new key in every call.
package protocol KeyedPrimitive: Primitive {
    /// What the numbers follow from.
    var key: RandomKey { get set }

    /// Whether it draws any.
    var isRandom: Bool { get }
}

extension KeyedPrimitive {
    package var isRandom: Bool { true }
}
