import ApusSystem

/// How far some work has come, as one line.
package struct ProgressLine {
    var title: String
    var unit: String
    var completed: Int
    var total: Int?
    var seconds: Double
    /// What else is worth a look, `loss 0.231`.
    var note = ""

    /// A line.
    package init(
        title: String, unit: String, completed: Int, total: Int?, seconds: Double, note: String = ""
    ) {
        self.title = title
        self.unit = unit
        self.completed = completed
        self.total = total
        self.seconds = seconds
        self.note = note
    }

    /// `epoch 1  [=====>    ]  52%  13,000/25,000 texts  8,123/s  0:01 left  loss 0.231`
    ///
    /// Cut to `width` columns: a line that wraps cannot be drawn over.
    package func bar(width: Int) -> String {
        let facts = facts + (note.isEmpty ? [] : [note])
        guard let total, total > 0 else {
            return cut(([title] + facts).joined(separator: "  "), to: width)
        }
        let share = min(max(Double(completed) / Double(total), 0), 1)
        let percent = "\(Int(share * 100))%"
        let padded = String(repeating: " ", count: max(0, 4 - percent.count)) + percent
        // Where all does not fit beside a bar, the counts are left out: the bar says nearly the same.
        for shown in [facts, Array(facts.dropFirst())] {
            let rest = ([padded] + shown).joined(separator: "  ")
            let room = min(30, width - title.count - rest.count - 6)
            if room >= 8 { return "\(title)  \(drawn(share, room))  \(rest)" }
        }
        return cut(([title, padded] + facts).joined(separator: "  "), to: width)
    }

    private func drawn(_ share: Double, _ room: Int) -> String {
        let filled = Int(share * Double(room))
        let tip = filled < room ? ">" : ""
        let bar = String(repeating: "=", count: filled) + tip
        let empty = String(repeating: " ", count: room - filled - tip.count)
        return "[\(bar)\(empty)]"
    }

    /// `epoch 1: 13,000/25,000 texts, 8,123/s, 0:01 left, loss 0.231`
    package var plain: String {
        "\(title): " + (facts + (note.isEmpty ? [] : [note])).joined(separator: ", ")
    }

    /// `epoch 1: 25,000 texts in 0:03, 8,123/s, loss 0.231`
    package var summary: String {
        var parts = ["\(grouped(completed)) \(unit) in \(duration(seconds))"]
        if let rate { parts.append(rate) }
        if !note.isEmpty { parts.append(note) }
        return "\(title): " + parts.joined(separator: ", ")
    }

    private var facts: [String] {
        var facts: [String] = []
        if let total {
            facts.append("\(grouped(completed))/\(grouped(total)) \(unit)")
        } else {
            facts.append("\(grouped(completed)) \(unit)")
        }
        if let rate { facts.append(rate) }
        if let total, completed > 0, completed <= total {
            let left = seconds / Double(completed) * Double(total - completed)
            facts.append("\(duration(left)) left")
        }
        return facts
    }

    private var rate: String? {
        guard seconds > 0, completed > 0 else { return nil }
        let rate = Double(completed) / seconds
        return (rate < 100 ? fixed(rate, digits: 1) : grouped(Int(min(rate, 1e15)))) + "/s"
    }

    private func cut(_ text: String, to width: Int) -> String {
        String(text.prefix(max(width, 0)))
    }
}
