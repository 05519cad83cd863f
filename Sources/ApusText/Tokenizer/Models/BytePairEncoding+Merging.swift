extension PieceBuffer {
    @inline(__always)
    mutating func addSymbol(_ id: Int32, length: Int) {
        let index = Int32(truncatingIfNeeded: symbols.count)
        symbols.append(
            MergeSymbol(
                id: id, length: Int32(truncatingIfNeeded: length), previous: index - 1,
                next: index + 1))
    }
}

extension BytePairEncoding {
    /// Joins the symbols that wait in the buffer by the rules, and appends what is left as pieces.
    func merge(_ pieces: inout PieceBuffer) {
        if pieces.symbols.count > 1 {
            merges.slots.withUnsafeBufferPointer { slots in
                // Below, looking for the smallest rank again and again is quicker than a heap.
                if pieces.symbols.count <= 40 {
                    mergeShort(&pieces, slots)
                } else {
                    mergeLong(&pieces, slots)
                }
            }
        }
        var start = 0
        for symbol in pieces.symbols where symbol.length > 0 {
            let end = start + Int(symbol.length)
            pieces.append(symbol.id, from: start, to: end)
            start = end
        }
        pieces.symbols.removeAll(keepingCapacity: true)
    }

    /// At most a few symbols: an array of ranks, from which the smallest is taken again and again.
    @inline(__always)
    private func mergeShort(
        _ pieces: inout PieceBuffer, _ slots: UnsafeBufferPointer<MergeTable.Slot>
    ) {
        var count = pieces.symbols.count
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { rules in
            pieces.symbols.withUnsafeMutableBufferPointer { symbols in
                // A rule is its rank and what it makes, so that the least is the earliest.
                for index in 0..<count - 1 {
                    rules[index] = Self.rule(symbols[index].id, symbols[index + 1].id, slots)
                }
                while count > 1 {
                    var best = 0
                    var least = rules[0]
                    for index in 1..<max(count - 1, 1) where rules[index] < least {
                        least = rules[index]
                        best = index
                    }
                    if least == .max { break }
                    symbols[best].id = Int32(truncatingIfNeeded: least & 0xFFFF_FFFF)
                    symbols[best].length += symbols[best + 1].length
                    count -= 1
                    for index in best + 1..<max(count, best + 1) {
                        symbols[index] = symbols[index + 1]
                        rules[index - 1] = rules[index]
                    }
                    if best > 0 {
                        rules[best - 1] = Self.rule(symbols[best - 1].id, symbols[best].id, slots)
                    }
                    if best < count - 1 {
                        rules[best] = Self.rule(symbols[best].id, symbols[best + 1].id, slots)
                    }
                }
            }
        }
        pieces.symbols.removeSubrange(count...)
    }

    @inline(__always)
    private static func rule(
        _ left: Int32, _ right: Int32, _ slots: UnsafeBufferPointer<MergeTable.Slot>
    ) -> UInt64 {
        guard let found = MergeTable.find(left, right, in: slots) else { return .max }
        return UInt64(UInt32(bitPattern: found.rank)) << 32 | UInt64(UInt32(bitPattern: found.id))
    }

    /// A linked list of symbols and a heap of merges that wait. A merge whose symbols have changed
    /// meanwhile is passed over.
    private func mergeLong(
        _ pieces: inout PieceBuffer, _ slots: UnsafeBufferPointer<MergeTable.Slot>
    ) {
        var heap = MergeHeap()
        swap(&heap, &pieces.merges)
        pieces.symbols.withUnsafeMutableBufferPointer { symbols in
            for index in 0..<symbols.count - 1 {
                if let rule = MergeTable.find(symbols[index].id, symbols[index + 1].id, in: slots) {
                    heap.push(WaitingMerge(rank: rule.rank, position: index, id: rule.id))
                }
            }
            let end = Int32(symbols.count)
            while let top = heap.pop() {
                let left = top.position
                let next = symbols[left].next
                guard symbols[left].length > 0, next < end,
                    let rule = MergeTable.find(symbols[left].id, symbols[Int(next)].id, in: slots),
                    rule.id == top.id
                else { continue }
                symbols[left].id = top.id
                symbols[left].length += symbols[Int(next)].length
                symbols[left].next = symbols[Int(next)].next
                symbols[Int(next)].length = 0
                let after = symbols[left].next
                if after < end {
                    symbols[Int(after)].previous = Int32(left)
                    if let rule = MergeTable.find(top.id, symbols[Int(after)].id, in: slots) {
                        heap.push(WaitingMerge(rank: rule.rank, position: left, id: rule.id))
                    }
                }
                let before = symbols[left].previous
                if before >= 0,
                    let rule = MergeTable.find(symbols[Int(before)].id, top.id, in: slots)
                {
                    heap.push(WaitingMerge(rank: rule.rank, position: Int(before), id: rule.id))
                }
            }
        }
        swap(&heap, &pieces.merges)
    }
}
