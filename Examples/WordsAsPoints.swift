import Apus
import Support

// Words as points: who stands near whom, and which way leads from man to woman. The five directions are made up
// (royal, male, female, animal, large) and written to a file, as word2vec writes it; vectors trained on real text
// are used in the same way.
@main struct WordsAsPoints {
    static let words: KeyValuePairs<String, [Float]> = [
        "king": [0.9, 0.8, 0.1, 0, 0.3], "queen": [0.9, 0.1, 0.8, 0, 0.3],
        "man": [0, 0.9, 0.1, 0.1, 0.3], "woman": [0, 0.1, 0.9, 0.1, 0.3],
        "prince": [0.6, 0.8, 0.1, 0, -0.3], "princess": [0.6, 0.1, 0.8, 0, -0.3],
        "horse": [0.1, 0.3, 0.2, 0.9, 0.6], "mouse": [0, 0.1, 0.2, 0.9, -0.7],
        "lion": [0.4, 0.4, 0.2, 0.9, 0.5],
    ]

    static func main() throws {
        let path = ".build/words.vec"
        try WordVectors(words: words.map(\.key), vectors: words.flatMap(\.value), dimension: 5)
            .save(to: path, format: .word2vecText)

        let vectors = try WordVectors(file: path)
        for neighbour in try vectors.nearest(to: "lion", count: 3) {
            print("near lion: \(neighbour.word) \(neighbour.similarity.digits(3))")
        }
        let answer = try vectors.analogy("man", is: "king", as: "woman")[0]
        print("man : king = woman : \(answer.word)")
        let odd = try vectors.oddOneOut(["king", "queen", "prince", "mouse"])
        print("king, queen, prince, mouse: \(odd.word) is odd")

        let map = try vectors.map(of: words.map(\.key), method: .pca)
        for point in map.points.prefix(4) {
            print("\(point.name) at \(Float(point.x).digits(2)), \(Float(point.y).digits(2))")
        }
        check(answer.word == "queen", "the way from man to woman leads from king to queen")
        check(odd.word == "mouse", "a mouse is no ruler")
    }
}

// Prints:
//     near lion: horse 0.960
//     near lion: king 0.573
//     near lion: man 0.542
//     man : king = woman : queen
//     king, queen, prince, mouse: mouse is odd
//     king at -0.22, 0.55
//     queen at -0.50, -0.15
//     man at 0.23, 0.57
//     woman at -0.19, -0.47
