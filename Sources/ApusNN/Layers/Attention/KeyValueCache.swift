import ApusCore
import Synchronization

/// The keys and values of the positions that an attention has seen, kept while a text is written position by
/// position.
///
/// They lie side by side in memory that grows by doubling, so that appending a position costs that position. Only for
/// inference: what is appended is not recorded for gradients.
///
/// ```swift
/// let cache = KeyValueCache()
/// let first = look(prompt, mask: .causal, cache: cache)       // all positions of the prompt
/// let next = look(token, mask: .causal, cache: cache)         // one more
/// ```
public final class KeyValueCache: Sendable {
    private struct Stored {
        /// `[batch, capacity, size]`, of which `count` positions are there.
        var storage: Storage?
        var count = 0
    }

    private let stored = Mutex(Stored())

    /// Nothing seen yet.
    public init() {}

    /// The number of positions.
    public var count: Int { stored.withLock { $0.count } }

    /// Appends positions.
    ///
    /// - Parameter entries: `[batch, time, size]`, the same batch and size each time.
    /// - Returns: `[batch, capacity, size]`: all positions from the first; those behind ``count`` hold no numbers yet.
    package func append(_ entries: Tensor) -> Tensor {
        if Tracer.isTracing {
            fatalError(
                "KeyValueCache: compiled code would see the positions of its first call in every call; use the cache outside of compiled { … }"
            )
        }
        return appended(entries)
    }

    private func appended(_ entries: Tensor) -> Tensor {
        stored.withLock { stored in
            let shape = entries.shape
            if let held = stored.storage?.shape {
                guard held[0] == shape[0], held[2] == shape[2] else {
                    fatalError(
                        "KeyValueCache: \(shape) cannot be appended to \(held); batch and size must stay the same"
                    )
                }
            }
            let needed = stored.count + shape[1]
            let storage = Self.room(in: &stored.storage, needed, like: entries, stored.count)
            copy(
                entries.storage, rows: 0..<shape[1], to: storage, at: stored.count)
            stored.count = needed
            stored.storage = storage
            return Tensor(storage)
        }
    }

    /// Continues from the batch's items `rows`, in this order, as beam search goes on with its best beginnings.
    public func select(rows: [Int]) {
        stored.withLock { stored in
            guard let old = stored.storage else { return }
            for row in rows where row < 0 || row >= old.shape[0] {
                fatalError("KeyValueCache: there is no row \(row) of \(old.shape[0])")
            }
            let new = Storage(
                shape: [rows.count, old.shape[1], old.shape[2]], scalarType: old.scalarType)
            let bytes = old.shape[1] * old.shape[2] * old.scalarType.byteCount
            let used = stored.count * old.shape[2] * old.scalarType.byteCount
            for (index, row) in rows.enumerated() {
                (new.view.pointer + index * bytes).copyMemory(
                    from: old.view.pointer + row * bytes, byteCount: used)
            }
            stored.storage = new
        }
    }

    /// Memory for `needed` positions that nobody else shows, with the first `count` in it.
    private static func room(
        in storage: inout Storage?, _ needed: Int, like entries: Tensor, _ count: Int
    ) -> Storage {
        if isKnownUniquelyReferenced(&storage), let held = storage, held.shape[1] >= needed {
            return held
        }
        let capacity = max(needed, 2 * (storage?.shape[1] ?? 0), 16)
        let larger = Storage(
            shape: [entries.shape[0], capacity, entries.shape[2]],
            scalarType: entries.scalarType)
        if let held = storage { copy(held, rows: 0..<count, to: larger, at: 0) }
        return larger
    }
}

/// Copies rows `[batch, rows, size]` of each of the batch.
private func copy(_ source: Storage, rows: Range<Int>, to target: Storage, at row: Int) {
    let rowBytes = source.shape[2] * source.scalarType.byteCount
    for item in 0..<source.shape[0] {
        (target.view.pointer + (item * target.shape[1] + row) * rowBytes).copyMemory(
            from: source.view.pointer + (item * source.shape[1] + rows.lowerBound) * rowBytes,
            byteCount: rows.count * rowBytes)
    }
}
