import Apus
import Support

// A classifier of one's own texts: trained, saved, loaded, used. What people write to a shop:
@main struct ClassifyTexts {
    static let letters: KeyValuePairs = [
        "delivery": [
            "Where is my parcel?", "The package has not arrived yet.", "My parcel came damaged.",
            "When will you deliver my order?", "The tracking of my package shows nothing.",
            "The courier left the parcel with a neighbour.", "Can you deliver on Saturday?",
            "My order was delivered to the wrong house.",
        ],
        "invoice": [
            "I was charged twice.", "Please send me the invoice again.", "Can I pay by card?",
            "The amount on the invoice is wrong.", "When do I get my money back?",
            "My card was charged, but I cancelled.", "Is the tax part of the price?",
            "I want my money back for the broken lamp.",
        ],
        "account": [
            "I forgot my password.", "How do I change my e-mail address?", "My account is locked.",
            "I cannot log in any more.", "Please delete my account.", "Reset my password, please.",
            "The log-in page says that my password is wrong.", "How do I close my account?",
        ],
    ]

    static func main() throws {
        let pairs = letters.flatMap { topic, texts in
            texts.map { (text: $0, label: topic) }
        }
        let (classifier, outcome) = try TextClassifier.training(
            on: LabelledTexts(pairs), TextClassifierSettings(.linear))
        print("trained: loss", outcome.epochs.map(\.loss).last ?? 0)

        let folder = ".build/shop-letters"
        print("saved: model.safetensors", try classifier.save(to: folder).prefix(16))
        let loaded = try TextClassifier(directory: folder)

        let questions = [
            ("My package is still not here, where is it?", "delivery"),
            ("You charged my card two times!", "invoice"),
            ("The password does not work any more.", "account"),
        ]
        for (question, topic) in questions {
            let answer = loaded.predict(question)
            print(answer.label, answer.probability.digits(3), question)
            check(answer.label == topic, "“\(question)” is about \(topic)")
            check(answer == classifier.predict(question), "a loaded model answers as the saved one")
        }
    }
}

// Prints:
//     trained: loss 0.30776673555374146
//     saved: model.safetensors e62e4d3b0e0b0824
//     delivery 0.791 My package is still not here, where is it?
//     invoice 0.585 You charged my card two times!
//     account 0.713 The password does not work any more.
