/// Byte-pair encoding learned from word counts (Gage 1994; Sennrich et al. 2016): the most frequent pair of
/// neighbouring tokens becomes a token, again and again.
///
/// The result is that of Hugging Face's `BpeTrainer`, to the id. What decides ties there decides them here:
/// - letters get their ids in the order of their scalars, merged tokens in the order of the merges;
/// - of equally frequent pairs that with the smaller ids is merged first;
/// - a merged pair keeps its count. When a token that exists already is made once more by another pair (`ab·c` and
///   `a·bc`), new places of an old pair are added to its count, and its merge takes the later rank;
/// - each list of places waits with the count it was put in with.
///
/// Each place of each pair is listed once, so a merge costs the places it changes and not the words they are in.
package struct MergeLearner: ~Copyable {
    private var letters: LetterSequences
    private var interner = StringInterner()
    private let settings: MergeSettings
    private var pairs = PairTable()
    private var queue = MergeQueue()
    private var places = PlaceLists()
    private var step = MergeStep()
    private var merges: [(key: UInt64, new: Int32)] = []

    package init(_ counts: borrowing WordCounts, _ settings: MergeSettings) {
        self.settings = settings
        letters = LetterSequences(counts, settings, &interner)
        listPlaces()
    }

    /// Merges until the vocabulary is as large as it may be, or no pair is frequent enough.
    ///
    /// - Parameter progress: is told the size of the vocabulary after each merge.
    package consuming func learned(progress: (Int) -> Void) -> LearnedMerges {
        let leastCount = max(1, settings.minimumFrequency)
        while interner.count < settings.vocabularySize, let entry = queue.pop(pairs.keys) {
            let count = pairs.counts[Int(entry.pair)]
            if count != entry.count {
                if count > 0 {
                    queue.push(
                        .init(count: count, pair: entry.pair, block: entry.block), pairs.keys)
                }
                continue
            }
            if count < leastCount { break }
            merge(entry)
            progress(interner.count)
        }
        return result()
    }

    /// Counts all pairs and lists where they are.
    private mutating func listPlaces() {
        for place in 0..<letters.tokens.count - 1 {
            let (left, right) = (letters.tokens[place], letters.tokens[place + 1])
            guard left >= 0, right >= 0 else { continue }
            let pair = pairs.index(of: left, right)
            // Pairs come with the numbers 0, 1, 2…, and so do their groups.
            if Int(pair) == step.groupCount { _ = step.group(ofPair: pair) }
            step.add(
                letters.frequencies[Int(letters.words[place])], to: pair, place: Int32(place),
                &pairs)
        }
        closeStep()
    }

    private mutating func merge(_ entry: MergeQueue.Entry) {
        let key = pairs.keys[Int(entry.pair)]
        let left = Int32(truncatingIfNeeded: key >> 32)
        let right = Int32(truncatingIfNeeded: key)
        let new = newToken(left, right)
        merges.append((key, new))
        step.begin(left, right, new, tokenCount: interner.count)
        let listed = places.take(
            entry.block, chain: pairs.lastBlocks[Int(entry.pair)], words: letters.words)
        listed.withUnsafeBufferPointer { listed in
            for place in listed { merge(at: Int(place), left, right, new) }
        }
        closeStep()
    }

    /// The id of the two tokens' text: a new one unless there is such a token.
    private mutating func newToken(_ left: Int32, _ right: Int32) -> Int32 {
        var bytes = interner.strings.withBytes(of: Int(left)) { Array($0) }
        let prefix = Array(settings.continuingPrefix.utf8)
        interner.strings.withBytes(of: Int(right)) { right in
            bytes += right.starts(with: prefix) ? right.dropFirst(prefix.count) : right[...]
        }
        return Int32(bytes.withUnsafeBufferPointer { interner.intern($0) })
    }

    /// Merges the pair at a place, if it is still there, and corrects the counts of its neighbours.
    @inline(__always)
    private mutating func merge(at place: Int, _ left: Int32, _ right: Int32, _ new: Int32) {
        let (tokens, lengths) = (letters.tokens.base, letters.lengths.base)
        guard tokens[place] == left else { return }
        let second = place + Int(lengths[place])
        guard tokens[second] == right else { return }
        let frequency = letters.frequencies[Int(letters.words[place])]
        let length = lengths[place] + lengths[second]
        let next = place + Int(length)
        let limit = settings.maximumTokenLength.map { Int32(clamping: $0) } ?? .max
        tokens[second] = LetterSequences.inside
        tokens[place] = new
        lengths[place] = length
        lengths[next - 1] = length

        if tokens[place - 1] != LetterSequences.boundary {
            let before = place - Int(lengths[place - 1])
            let token = tokens[before]
            step.subtract(frequency, from: step.oldLeft(token, &pairs), &pairs)
            if lengths[before] + length < limit {
                let group = step.newLeft(token, &pairs)
                step.add(frequency, to: group, place: Int32(before), &pairs)
            }
        }
        if tokens[next] != LetterSequences.boundary {
            let token = tokens[next]
            step.subtract(frequency, from: step.oldRight(token, &pairs), &pairs)
            if lengths[next] + length < limit {
                let group = step.newRight(token, &pairs)
                step.add(frequency, to: group, place: Int32(place), &pairs)
            }
        }
    }

    /// Lists the places noted in this step and lets their pairs wait.
    private mutating func closeStep() {
        for index in 0..<step.groupCount {
            let (pair, noted) = step.group(at: index)
            let count = pairs.counts[Int(pair)]
            guard count > 0 else { continue }
            let (block, start) = places.add(count: noted, after: pairs.lastBlocks[Int(pair)])
            pairs.lastBlocks[Int(pair)] = block
            queue.push(.init(count: count, pair: pair, block: block), pairs.keys)
            step.setStart(start, ofGroup: index)
        }
        step.close(into: places)
    }

    private consuming func result() -> LearnedMerges {
        // A pair that was merged again has the later rank.
        var seen: Set<UInt64> = []
        var kept: [(left: Int32, right: Int32, new: Int32)] = []
        for (key, new) in merges.reversed() where seen.insert(key).inserted {
            kept.append((Int32(truncatingIfNeeded: key >> 32), Int32(truncatingIfNeeded: key), new))
        }
        return LearnedMerges(tokens: interner.strings, merges: kept.reversed())
    }
}
