extension Encoding {
    /// Cuts to a length; what is cut off becomes ``overflowing``, in windows that share `stride` tokens.
    mutating func truncate(to length: Int, stride: Int, side: Truncation.Side) {
        guard length < count else { return }
        guard length > 0 else {
            var whole = self
            whole.overflowing = []
            self = Encoding(engine: engine)
            overflowing = [whole]
            return
        }
        // A window must advance; Hugging Face's tokenizers panic here.
        let step = max(length - stride, 1)
        var windows: [Range<Int>] = []
        switch side {
        case .right:
            var start = 0
            while true {
                let end = min(start + length, count)
                windows.append(start..<end)
                if end == count { break }
                start += step
            }
        case .left:
            var end = count
            while true {
                let start = max(end - length, 0)
                windows.append(start..<end)
                if start == 0 { break }
                end -= step
            }
        }
        let parts = windows.map(slice)
        self = parts[0]
        overflowing = Array(parts.dropFirst())
    }

    /// Fills up to a length, and what overflowed too.
    mutating func pad(to length: Int, _ padding: Padding) {
        for index in overflowing.indices { overflowing[index].pad(to: length, padding) }
        let missing = length - count
        guard missing > 0 else { return }
        var filling = Encoding.special(
            ids: [Int32](repeating: padding.token.id, count: missing),
            tokens: [String](repeating: padding.token.token, count: missing),
            typeID: padding.typeID, engine: engine)
        filling.attentionMask = [Int32](repeating: 0, count: missing)
        switch padding.side {
        case .right: append(filling)
        case .left:
            let windows = overflowing
            filling.append(self)
            self = filling
            overflowing = windows
        }
    }

    /// Puts `other` behind; each window of one goes with each of the other, as in Hugging Face's tokenizers.
    mutating func merge(_ other: Encoding) {
        if overflowing.isEmpty, other.overflowing.isEmpty { return append(other) }
        var windows: [Encoding] = []
        for window in overflowing {
            windows.append(window.followed(by: other))
            for otherWindow in other.overflowing {
                windows.append(window.followed(by: otherWindow))
            }
        }
        for otherWindow in other.overflowing { windows.append(followed(by: otherWindow)) }
        append(other)
        overflowing = windows
    }

    private func followed(by other: Encoding) -> Encoding {
        var joined = self
        joined.overflowing = []
        joined.append(other)
        return joined
    }
}

extension Truncation {
    /// Cuts one text or two. What cannot be cut as asked stays too long.
    func truncate(_ encodings: inout [Encoding], added: Int) {
        let length = max(self.length - added, 0)
        let total = encodings.reduce(0) { $0 + $1.count }
        if length == 0 {
            for index in encodings.indices {
                encodings[index].truncate(to: 0, stride: stride, side: side)
            }
            return
        }
        guard total > length else { return }
        switch strategy {
        case .longestFirst:
            if encodings.count == 1 {
                encodings[0].truncate(to: length, stride: stride, side: side)
                return
            }
            let (first, second) = Self.shares(encodings[0].count, encodings[1].count, of: length)
            encodings[0].truncate(to: first, stride: stride, side: side)
            encodings[1].truncate(to: second, stride: stride, side: side)
        case .onlyFirst, .onlySecond:
            let index = strategy == .onlyFirst ? 0 : 1
            guard index < encodings.count else { return }
            let target = encodings[index].count - (total - length)
            if target > 0 { encodings[index].truncate(to: target, stride: stride, side: side) }
        }
    }

    /// How many tokens of each text stay when the longer one is cut first.
    private static func shares(_ first: Int, _ second: Int, of length: Int) -> (Int, Int) {
        var shorter = min(first, second)
        var longer = shorter > length ? shorter : max(shorter, length - shorter)
        if shorter + longer > length {
            shorter = length / 2
            longer = shorter + length % 2
        }
        return first > second ? (longer, shorter) : (shorter, longer)
    }
}
