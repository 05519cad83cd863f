import ApusNN
import ApusTesting
import Testing

/// The audit finds what `children` forgets, wherever it is stored.
struct ModelAuditTests {
    private struct Forgetful: ModelPart {
        let named = Linear(1, 1)
        let forgotten = Linear(1, 1)
        var optional: Linear? = Linear(1, 1, hasBias: false)
        let list = [Linear(1, 1, hasBias: false), Linear(1, 1, hasBias: false)]
        let pair = (Linear(1, 1, hasBias: false), 3)
        let table = ["key": Parameter(.zeros([1]))]
        let existentials: [any ModelPart] = [Embedding(1, 1)]
        let nested = Holder()
        let missing: Linear? = nil

        var children: Children { ["named": named] }
    }

    private struct Holder: Sendable {
        let inner = Parameter(.zeros([1]))
    }

    private class Base: ModelPart, @unchecked Sendable {
        let base = Parameter(.zeros([1]))
        var children: Children { [:] }
    }

    private final class Derived: Base, @unchecked Sendable {
        let own = Parameter(.zeros([1]))
        var itself: Derived?
        override var children: Children { ["own": own] }
    }

    @Test func parametersThatNobodyNamesAreReported() {
        #expect(
            auditChildren(Forgetful()) == [
                "forgotten.weight", "forgotten.bias", "optional.weight", "list.0.weight",
                "list.1.weight", "pair..0.weight", "table.0.value", "existentials.0.weight",
                "nested.inner",
            ])
    }

    @Test func superclassesAndCyclesAreWalked() {
        let part = Derived()
        part.itself = part
        #expect(auditChildren(part) == ["base"])
        part.itself = nil
    }

    @Test func whatIsNamedIsNotReported() {
        struct Model: ModelPart {
            let first = Linear(2, 2)
            let shared: Linear
            let list = [Embedding(1, 1)]
            var children: Children { ["first": first, "list": Children.List(list)] }
            init() { shared = Linear(weight: first.weight) }
        }
        #expect(auditChildren(Model()) == [])
    }
}

extension Children {
    /// Parts in a row as a part.
    fileprivate struct List: ModelPart {
        let parts: [any ModelPart]
        init(_ parts: [any ModelPart]) { self.parts = parts }
        var children: Children { Children(parts) }
    }
}
