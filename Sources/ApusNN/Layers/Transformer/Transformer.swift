import ApusCore
import Synchronization

/// A stack of encoder layers, with a normalization behind the last.
///
/// The parameters have the names of PyTorch's `TransformerEncoder`: `layers.0.…`, `norm.…`.
public struct TransformerEncoder: Layer {
    /// The layers in order.
    public let layers: [TransformerEncoderLayer]
    /// Applied to the last layer's output; nil for none.
    public let norm: LayerNorm?

    /// The layers and the normalization.
    public var children: Children { ["layers": layers, "norm": norm] }

    /// A stack of `count` layers.
    ///
    /// - Parameters:
    ///   - count: how many layers.
    ///   - settings: of each.
    ///   - hasFinalNorm: a normalization behind the last layer; layers that normalize first need one.
    ///   - source: where the first values come from.
    public init(
        _ count: Int, _ settings: TransformerSettings, hasFinalNorm: Bool = true,
        source: RandomSource = .current
    ) {
        layers = (0..<count).map { _ in TransformerEncoderLayer(settings, source: source) }
        norm = hasFinalNorm ? settings.norm() : nil
    }

    /// `[batch, time, width]` to the same; every position sees every other.
    public func callAsFunction(_ x: Tensor) -> Tensor { self(x, mask: .none) }

    /// `[batch, time, width]` to the same.
    ///
    /// - Parameters:
    ///   - x: the sequence.
    ///   - mask: which positions a position may see; `.causal` makes it a language model's decoder.
    ///   - bias: added to the scores of every attention, as of relative positions: `[heads, time, time]`.
    ///   - cache: keys and values of earlier positions, to which those of `x` are appended.
    public func callAsFunction(
        _ x: Tensor, mask: AttentionMask, bias: Tensor? = nil, cache: TransformerCache? = nil
    ) -> Tensor {
        var x = cache == nil ? mask.cleared(x) : x
        for (index, layer) in layers.enumerated() {
            x = layer.run(x, mask: mask, bias: bias, cache: cache?.entry(index).written)
        }
        return norm?(x) ?? x
    }
}

/// A stack of decoder layers, with a normalization behind the last.
///
/// The parameters have the names of PyTorch's `TransformerDecoder`.
public struct TransformerDecoder: ModelPart {
    /// The layers in order.
    public let layers: [TransformerDecoderLayer]
    /// Applied to the last layer's output; nil for none.
    public let norm: LayerNorm?

    /// The layers and the normalization.
    public var children: Children { ["layers": layers, "norm": norm] }

    /// A stack of `count` layers.
    public init(
        _ count: Int, _ settings: TransformerSettings, hasFinalNorm: Bool = true,
        source: RandomSource = .current
    ) {
        layers = (0..<count).map { _ in TransformerDecoderLayer(settings, source: source) }
        norm = hasFinalNorm ? settings.norm() : nil
    }

    /// `[batch, time, width]` to the same: what was written, seen causally, and the encoder's output.
    ///
    /// - Parameters:
    ///   - x: what was written so far.
    ///   - memory: the encoder's output `[batch, source time, width]`.
    ///   - mask: which positions of `x` a position may see.
    ///   - memoryMask: which positions of the memory may be seen: the true lengths of the sources.
    ///   - cache: of the earlier positions, when the text is written position by position; `x` then holds the new
    ///     ones only.
    public func callAsFunction(
        _ x: Tensor, memory: Tensor, mask: AttentionMask = .causal,
        memoryMask: AttentionMask = .none, cache: TransformerCache? = nil
    ) -> Tensor {
        var x = x
        for (index, layer) in layers.enumerated() {
            x = layer(
                x, memory: memory, mask: mask, memoryMask: memoryMask, cache: cache?.entry(index))
        }
        return norm?(x) ?? x
    }
}

/// An encoder and a decoder between sequences of vectors (Vaswani et al. 2017).
///
/// The parameters have the names of PyTorch's `Transformer`: `encoder.layers.0.self_attn.in_proj_weight`, ….
public struct Transformer: ModelPart {
    /// Reads the source.
    public let encoder: TransformerEncoder
    /// Writes the target.
    public let decoder: TransformerDecoder

    /// The encoder and the decoder.
    public var children: Children { ["encoder": encoder, "decoder": decoder] }

    /// A Transformer with as many layers in the encoder as in the decoder, unless said otherwise.
    public init(
        layers: Int, decoderLayers: Int? = nil, _ settings: TransformerSettings,
        source: RandomSource = .current
    ) {
        encoder = TransformerEncoder(layers, settings, source: source)
        decoder = TransformerDecoder(decoderLayers ?? layers, settings, source: source)
    }

    /// The decoder's output `[batch, target time, width]`.
    ///
    /// - Parameters:
    ///   - source: `[batch, source time, width]`.
    ///   - target: `[batch, target time, width]`, each position sees itself and those before.
    ///   - sourceLengths: the true lengths of the sources, `int32` `[batch]`; nil when all are whole.
    public func callAsFunction(
        source: Tensor, target: Tensor, sourceLengths: Tensor? = nil
    ) -> Tensor {
        decoder(
            target, memory: encoder(source, mask: .lengths(sourceLengths)),
            memoryMask: .lengths(sourceLengths))
    }
}

/// What a stack of layers keeps of the positions it has seen, while a text is written position by position.
///
/// ```swift
/// let cache = TransformerCache()
/// var state = decoder(embed(start), memory: memory, cache: cache)   // then position by position
/// ```
public final class TransformerCache: Sendable {
    /// One layer's part.
    public final class Entry: Sendable {
        /// Keys and values of what was written.
        public let written = KeyValueCache()
        private let projected = Mutex<Tensor?>(nil)

        /// The memory's keys and values, projected at the first call.
        func memory(_ attention: MultiHeadAttention, _ memory: () -> Tensor) -> Tensor {
            projected.withLock { kept in
                if let kept { return kept }
                let made = attention.projected(memory: memory())
                kept = made
                return made
            }
        }

        fileprivate func select(rows: [Int]) {
            written.select(rows: rows)
            projected.withLock { kept in
                guard let memory = kept else { return }
                let size = memory.shape[1] * memory.shape[2]
                let ids = Tensor(ids: rows.map { Int32($0) })
                kept = embedding(ids, table: memory.reshaped(to: [memory.shape[0], size]))
                    .reshaped(to: [rows.count, memory.shape[1], memory.shape[2]])
            }
        }
    }

    private let entries = Mutex<[Entry]>([])

    /// Nothing seen yet.
    public init() {}

    /// The number of positions seen.
    public var count: Int { entries.withLock { $0.first?.written.count ?? 0 } }

    /// Continues from the batch's items `rows`, in this order, as beam search goes on with its best beginnings.
    public func select(rows: [Int]) {
        entries.withLock { for entry in $0 { entry.select(rows: rows) } }
    }

    /// The part of a layer.
    public func entry(_ layer: Int) -> Entry {
        entries.withLock { entries in
            while entries.count <= layer { entries.append(Entry()) }
            return entries[layer]
        }
    }
}
