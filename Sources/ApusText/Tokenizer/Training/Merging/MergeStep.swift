/// What one merge of `left` and `right` to `new` changes: pairs are looked up once for each neighbour, and the places
/// of the pairs that arise are collected.
struct MergeStep: ~Copyable {
    /// A neighbour's pair, valid where `step` is the current one.
    struct Known: BitwiseCopyable {
        var step: Int32
        var index: Int32
    }

    /// The pair that arises, and how many of its places were noted.
    struct Group: BitwiseCopyable {
        var pair: Int32
        var count: Int32
        var next: Int
    }

    struct Note: BitwiseCopyable {
        var group: Int32
        var place: Int32
    }

    private var left: Int32 = -1
    private var right: Int32 = -1
    private var new: Int32 = -1
    private var number: Int32 = 0
    private var oldLefts = GrowingBuffer<Known>()
    private var oldRights = GrowingBuffer<Known>()
    private var newLefts = GrowingBuffer<Known>()
    private var newRights = GrowingBuffer<Known>()
    private var groups = GrowingBuffer<Group>()
    private var notes = GrowingBuffer<Note>()

    mutating func begin(_ left: Int32, _ right: Int32, _ new: Int32, tokenCount: Int) {
        (self.left, self.right, self.new) = (left, right, new)
        number += 1
        while oldLefts.count < tokenCount {
            let nothing = Known(step: -1, index: 0)
            oldLefts.append(nothing)
            oldRights.append(nothing)
            newLefts.append(nothing)
            newRights.append(nothing)
        }
    }

    /// The pair of a token before the merged pair with the pair's first.
    @inline(__always)
    mutating func oldLeft(_ token: Int32, _ pairs: inout PairTable) -> Int32 {
        let known = oldLefts[Int(token)]
        if known.step == number { return known.index }
        let index = pairs.index(of: token, left)
        oldLefts[Int(token)] = Known(step: number, index: index)
        return index
    }

    /// The pair of the merged pair's second with a token behind it.
    @inline(__always)
    mutating func oldRight(_ token: Int32, _ pairs: inout PairTable) -> Int32 {
        let known = oldRights[Int(token)]
        if known.step == number { return known.index }
        let index = pairs.index(of: right, token)
        oldRights[Int(token)] = Known(step: number, index: index)
        return index
    }

    /// The group of the pair of a token with the new one behind it.
    @inline(__always)
    mutating func newLeft(_ token: Int32, _ pairs: inout PairTable) -> Int32 {
        let known = newLefts[Int(token)]
        if known.step == number { return known.index }
        let index = group(ofPair: pairs.index(of: token, new))
        newLefts[Int(token)] = Known(step: number, index: index)
        return index
    }

    /// The group of the pair of the new token with one behind it.
    @inline(__always)
    mutating func newRight(_ token: Int32, _ pairs: inout PairTable) -> Int32 {
        // The new token beside itself is one pair, from either side.
        if token == new { return newLeft(token, &pairs) }
        let known = newRights[Int(token)]
        if known.step == number { return known.index }
        let index = group(ofPair: pairs.index(of: new, token))
        newRights[Int(token)] = Known(step: number, index: index)
        return index
    }

    @inline(__always)
    func subtract(_ frequency: Int, from pair: Int32, _ pairs: inout PairTable) {
        pairs.counts[Int(pair)] -= frequency
    }

    @inline(__always)
    mutating func add(
        _ frequency: Int, to group: Int32, place: Int32, _ pairs: inout PairTable
    ) {
        let pair = Int(groups[Int(group)].pair)
        pairs.counts[pair] = pairs.counts[pair].addingSaturated(frequency)
        note(place: place, group: group)
    }

    mutating func group(ofPair pair: Int32) -> Int32 {
        groups.append(Group(pair: pair, count: 0, next: -1))
        return Int32(groups.count - 1)
    }

    @inline(__always)
    mutating func note(place: Int32, group: Int32) {
        groups.base[Int(group)].count += 1
        notes.append(Note(group: group, place: place))
    }

    /// How many pairs arose.
    var groupCount: Int { groups.count }

    /// A pair that arose, and how many of its places were noted.
    func group(at index: Int) -> (pair: Int32, noted: Int) {
        (groups[index].pair, Int(groups[index].count))
    }

    /// Says where in the lists the places of a group go; without it they go nowhere.
    func setStart(_ start: Int, ofGroup index: Int) { groups.base[index].next = start }

    /// Writes the places, in the order in which they were noted, and ends the step.
    mutating func close(into places: borrowing PlaceLists) {
        for index in 0..<notes.count {
            let note = notes[index]
            let position = groups[Int(note.group)].next
            guard position >= 0 else { continue }
            places.set(note.place, at: position)
            groups.base[Int(note.group)].next = position + 1
        }
        groups.shorten(to: 0)
        // The first step notes every place there is.
        if notes.count > 1 << 20 { notes = GrowingBuffer() }
        notes.shorten(to: 0)
    }
}
