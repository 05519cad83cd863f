/// What a plan is made for: all that the arguments of a call are made of but the tensors' elements and the keys' bits.
struct CallSignature: Hashable {
    /// Shape and element type of each tensor, in order.
    var types: [TensorType] = []
    /// How gradients reach each tensor.
    var tracking: [ArgumentTracking] = []
    var keyCount = 0
    /// What else there is: what is nil, how long arrays are, plain values.
    var notes: [Note] = []
    var surroundings = Surroundings()

    /// A part that is no tensor and no key, with its place among these.
    struct Note: Hashable {
        let tensorsBefore: Int
        let keysBefore: Int
        let part: CompiledPart
    }
}

/// What compiled code is given besides tensors and keys.
enum CompiledPart: Hashable {
    /// Whether an optional has a value.
    case isPresent(Bool)
    /// How many elements there are.
    case count(Int)
    /// Which case of an enumeration.
    case label(String)
    /// A plain value. Values of two types may be equal (1 and 1.0), so the type counts.
    case plain(AnyHashable, type: ObjectIdentifier)
    /// An object, which is itself and no other.
    case object(HeldObject)
    /// What stands under each key of a dictionary.
    case dictionary([AnyHashable: [CompiledPart]])
    /// What a value of several fields is made of.
    case structure([CompiledPart])

    static func value<Value: Hashable>(_ value: Value) -> CompiledPart {
        .plain(AnyHashable(value), type: ObjectIdentifier(Value.self))
    }

    /// By its bits: a NaN is itself, and −0 is not 0.
    static func number(_ value: Float) -> CompiledPart {
        .plain(AnyHashable(value.bitPattern), type: ObjectIdentifier(Float.self))
    }

    /// By its bits.
    static func number(_ value: Double) -> CompiledPart {
        .plain(AnyHashable(value.bitPattern), type: ObjectIdentifier(Double.self))
    }
}

/// An object by its identity, held so that no other takes its place in memory.
struct HeldObject: Hashable {
    let object: AnyObject

    static func == (a: HeldObject, b: HeldObject) -> Bool { a.object === b.object }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(object)) }
}

/// How gradients reach a tensor that compiled code is given.
enum ArgumentTracking: Hashable {
    /// Not at all.
    case untracked
    /// It is a leaf, first given as the argument of that number: a tensor that is given twice has one gradient.
    case leaf(first: Int)
    /// It is what a parameter holds, by its leaf.
    case parameter(HeldObject)
    /// It was computed of tracked tensors. Its record is this call's and is not followed.
    case computed
}

/// What a closure does depends on where it is called: each of these states has plans of its own.
struct Surroundings: Hashable {
    /// Operations on tracked tensors are recorded: not so inside `withoutGradients`.
    let isRecording = GradientScope.isRecording
    /// Layers behave as in training: inside `training`.
    let isTraining = TrainingMode.isOn
}
