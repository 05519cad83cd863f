import ApusCore

/// A tensor that training changes: the one mutable cell of a model.
///
/// A layer holds its parameters; two layers that hold the same one share it. Reading ``value`` gives a tracked
/// tensor, so every loss computed from it has a gradient by this parameter.
public final class Parameter: Sendable {
    package let leaf = Node(isParameter: true)
    /// Whether it can be learned. What a layer only remembers, as running statistics, is saved with the model but is no
    /// variable of any loss: no gradient, no step of an optimizer.
    public let isTrained: Bool
    private let lock = SpinLock()
    // Guarded by `lock`.
    @exclusivity(unchecked)
    nonisolated(unsafe) private var storage: Storage

    /// A parameter that starts as the given values.
    ///
    /// - Parameters:
    ///   - initial: floats.
    ///   - isTrained: false for what is only remembered and saved.
    public init(_ initial: Tensor, isTrained: Bool = true) {
        guard initial.scalarType.isFloating else {
            fatalError(
                "Parameter: the elements are \(initial.scalarType); only floats can be learned")
        }
        storage = initial.storage
        self.isTrained = isTrained
    }

    deinit { LeafNames.forget(leaf) }

    /// The current values, tracked when they can be learned.
    public var value: Tensor {
        let storage = currentStorage
        if Tracer.isTracing, let tracer = Tracer.current {
            return Tensor(tracer.shown(self, storage), isTrained ? leaf : nil)
        }
        return Tensor(storage, isTrained ? leaf : nil)
    }

    package var currentStorage: Storage {
        lock.acquire()
        defer { lock.release() }
        return storage
    }

    /// The sizes; they never change.
    public var shape: Shape { currentStorage.shape }

    /// The number of elements.
    public var count: Int { currentStorage.count }

    /// Replaces the values, as when a checkpoint is loaded.
    public func assign(_ tensor: Tensor) {
        let current = currentStorage
        guard tensor.shape == current.shape, tensor.scalarType == current.scalarType else {
            fatalError(
                "Parameter: values \(tensor.shape) \(tensor.scalarType) do not fit \(current.shape) \(current.scalarType)"
            )
        }
        // Compiled code does it again in each call.
        if Tracer.isTracing {
            Tracer.current?.effect("Assign", [tensor], changing: self) { inputs, _, new in
                new?.copyMemory(from: inputs[0].pointer, byteCount: inputs[0].byteCount)
            }
        }
        lock.acquire()
        defer { lock.release() }
        storage = tensor.storage
    }

    /// Computes new values from the present ones, in place when nothing else shows them.
    ///
    /// Tensors are values: who still holds the old ones (the record of a loss that is still alive) keeps them,
    /// and the new ones go to other memory. Who asks for the values meanwhile waits.
    ///
    /// - Parameters:
    ///   - isPartial: `update` writes only some elements, so the others must be there already.
    ///   - update: reads the first and writes the second; both may be the same memory.
    package func update(isPartial: Bool, _ update: (_ old: Storage, _ new: Storage) -> Void) {
        lock.acquire()
        defer { lock.release() }
        if isKnownUniquelyReferenced(&storage), storage.ownsMemory {
            update(storage, storage)
            return
        }
        let new =
            isPartial
            ? storage.copy() : Storage(shape: storage.shape, scalarType: storage.scalarType)
        update(storage, new)
        storage = new
    }
}

extension Parameter: TensorCell {
    package var type: TensorType {
        let storage = currentStorage
        return TensorType(storage.shape, storage.scalarType)
    }
}

extension Gradients {
    /// The gradient by a parameter; zeros when the loss does not depend on it.
    public subscript(parameter: Parameter) -> Tensor {
        self[parameter.leaf] ?? Tensor.zeros(parameter.shape, parameter.value.scalarType)
    }

    /// The rows of the gradient of a table of which only some were used; nil when it is dense or absent.
    public func rows(of parameter: Parameter) -> RowGradient? {
        cotangent(of: parameter.leaf)?.rows
    }
}
