import ApusSystem
import Testing

@Suite struct JSONTests {
    @Test func documentsAreReadAndWritten() throws {
        let text = #"{"b":[1,-2,0.5,1e+100,null,true,false],"a":{"é\n\"\\":"x"},"e":{},"l":[]}"#
        let value = try JSON(parsing: text)
        #expect(value.text() == text)
        #expect(value["b"] == [1, -2, 0.5, 1e100, nil, true, false])
        #expect(try JSON(parsing: value.text(.pretty)) == value)
    }

    @Test func thePrettyLayoutKeepsPlainArraysOnALine() {
        let value: JSON = [
            "name": "x", "sizes": [1, 2], "layers": [["size": 3], [:]], "none": [],
        ]
        #expect(
            value.text(.pretty) == """
                {
                  "name": "x",
                  "sizes": [1, 2],
                  "layers": [
                    {
                      "size": 3
                    },
                    {}
                  ],
                  "none": []
                }

                """)
    }

    @Test func integersAreExactAndOtherNumbersTheNearestDouble() throws {
        #expect(try JSON(parsing: "9223372036854775807") == .integer(Int64.max))
        #expect(try JSON(parsing: "-9223372036854775808") == .integer(Int64.min))
        #expect(try JSON(parsing: "9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try JSON(parsing: "1000000000000000019884624838656") == .number(1e30))
        #expect(try JSON(parsing: "1.0") == .number(1))
        #expect(try JSON(parsing: "-0").text() == "-0.0")
        #expect(try JSON(parsing: "5e-324").text() == "5e-324")
        #expect(try JSON(parsing: "1e-400") == .number(0))
    }

    @Test func everyDoubleComesBackToTheBit() throws {
        var random = TestRandom(seed: 2)
        for _ in 0..<3000 {
            let bits =
                UInt64(random.next(below: 1 << 32)) << 32 | UInt64(random.next(below: 1 << 32))
            let value = Double(bitPattern: bits)
            guard value.isFinite else { continue }
            let back = try JSON(parsing: JSON.number(value).text())
            switch back {
            case .number(let number): #expect(number.bitPattern == bits)
            default: Issue.record("\(value) came back as \(back)")
            }
        }
    }

    @Test func floatsAreWrittenWithTheirOwnDigits() {
        #expect(JSON.number(shortest: 0.1).text() == "0.1")
        #expect(JSON.number(shortest: .nan).text() == "null")
        #expect(JSON.array([.number(.infinity), .number(-.infinity)]).text() == "[null,null]")
    }

    @Test func escapesBecomeScalars() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u0000\uD83D\uDE00""#
        #expect(try JSON(parsing: text) == .string("\"\\/\u{8}\u{C}\n\r\tAé\0😀"))
        #expect(JSON.string("\u{1}\u{1f}\u{7f}").text() == "\"\\u0001\\u001f\u{7f}\"")
    }

    @Test(arguments: [
        ("", #"JSON:1:1: expected a value, found the end"#),
        ("[1,]", #"JSON:1:4: expected a value, found "]""#),
        ("[1 2]", #"JSON:1:4: expected "," or "]", found "2""#),
        ("{\"a\":1,}", #"JSON:1:8: expected a key in quotes, found "}""#),
        ("{\"a\" 1}", #"JSON:1:6: expected ":", found "1""#),
        ("{a:1}", #"JSON:1:2: expected a key in quotes, found "a""#),
        ("[é,\n é]", #"JSON:1:2: expected a value, found "é""#),
        ("[\"é\",\n x]", #"JSON:2:2: expected a value, found "x""#),
        ("[\"éé\" x]", #"JSON:1:7: expected "," or "]", found "x""#),
        ("1 2", #"JSON:1:3: expected the end of the document, found "2""#),
        ("nul", #"JSON:1:1: expected a value, found "n""#),
        ("'a'", #"JSON:1:1: expected a value, found "'""#),
        ("NaN", #"JSON:1:1: expected a value, found "N""#),
        ("\"abc", #"JSON:1:5: expected a closing quote, found the end"#),
        ("\"a\u{1}\"", #"JSON:1:3: a control character (01) inside a string"#),
        (#""\x""#, #"JSON:1:2: \x is not a JSON escape"#),
        (#""\u12G4""#, #"JSON:1:2: \u12G4 is not a JSON escape"#),
        (
            #"["ab\ud800"]"#,
            #"JSON:1:5: \ud800 is half of a surrogate pair, and no character by itself"#
        ),
        (
            #""\udc00""#,
            #"JSON:1:2: \udc00 is half of a surrogate pair, and no character by itself"#
        ),
        (
            #""\ud800\u0041""#,
            #"JSON:1:2: \ud800 is half of a surrogate pair, and no character by itself"#
        ),
        ("01", "JSON:1:1: this is not a JSON number: it begins with 0"),
        ("-", "JSON:1:1: this is not a JSON number: a digit is missing"),
        ("1.", "JSON:1:1: this is not a JSON number: no digit after the point"),
        ("1e", "JSON:1:1: this is not a JSON number: no digit in the exponent"),
        ("1e400", "JSON:1:1: this is not a JSON number: it is too large"),
        ("+1", #"JSON:1:1: expected a value, found "+""#),
        ("{\"a\":1,\n\"a\":2}", #"JSON:2:1: the key "a" stands twice in the same object"#),
        ("\u{FEFF}1", "JSON:1:1: JSON cannot begin with a byte order mark"),
    ])
    func errorsTellTheirPlace(_ text: String, _ expected: String) {
        #expect(message { _ = try JSON(parsing: text) } == expected)
    }

    @Test func bytesThatAreNotUTF8TellTheirPlace() {
        let text = message { _ = try JSON(parsing: [91, 34, 0xC3, 0xA9, 0xC3, 34, 93], name: "x") }
        #expect(text == "x:1:4: bytes that are not UTF-8")
        let outside = message { _ = try JSON(parsing: [91, 0xFF, 93], name: "x") }
        #expect(outside == "x:1:2: expected a value, found \"\u{FFFD}\"")
    }

    @Test func nestingHasALimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSON(parsing: nested(JSON.maximumDepth))
        #expect(
            message { _ = try JSON(parsing: nested(JSON.maximumDepth + 1)) }
                == "JSON:1:513: arrays and objects are nested more than 512 deep")
        #expect(
            message { _ = try JSON(parsing: String(repeating: "[", count: 1_000_000)) }
                != "no error")
    }

    @Test func keysAreComparedByteByByte() throws {
        let value = try JSON(parsing: "{\"é\":1,\"e\u{301}\":2}")
        #expect(value["é"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSON.string("é") != JSON.string("e\u{301}"))
    }

    @Test func largeObjectsKeepTheirOrderAndFindTheirKeys() throws {
        let keys = (0..<5000).map { "key \($0 &* 7919 % 5000)" }
        let text = "{" + keys.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}"
        guard case .object(var object) = try JSON(parsing: text) else {
            Issue.record("no object")
            return
        }
        #expect(object.keys == keys)
        for key in keys { #expect(object[key] == .string(key)) }
        #expect(object["key"] == nil)
        object["key 1"] = nil
        object["key 2"] = 2
        object["new"] = 3
        #expect(object["key 1"] == nil && object["key 2"] == 2 && object["new"] == 3)
        #expect(object.count == 5000)
        #expect(
            message { _ = try JSON(parsing: text.dropLast() + ",\"key 17\":1}") }.contains("twice"))
    }

    @Test func anyBytesAreAnErrorOrADocumentThatComesBack() throws {
        let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",null,{"b":true}],"é":"😀"}"#.utf8)
        var random = TestRandom(seed: 3)
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0...random.next(below: 3) {
                let place = random.next(below: bytes.count)
                switch random.next(below: 3) {
                case 0: bytes[place] = UInt8(random.next(below: 256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(seed[random.next(below: seed.count)], at: place)
                }
            }
            if let value = try? JSON(parsing: bytes, name: "fuzz") {
                #expect(try JSON(parsing: value.bytes(), name: "again") == value)
            }
        }
    }

    @Test func cursorsNameTheFileAndTheKey() throws {
        let text =
            #"{"hidden":"a","layers":[{"size":3},{"size":0}],"rate":0.5,"names":["x",1],"n":3.0}"#
        let config = JSONCursor(try JSON(parsing: text), source: "config.json")
        #expect(try config["layers"].array()[0]["size"].integer() == 3)
        #expect(try config["n"].integer() == 3)
        #expect(try config["rate"].number() == 0.5)
        #expect(try config["other"].number(default: 2) == 2)
        #expect(
            message { _ = try config["hidden"].integer() }
                == #"config.json: "hidden" must be an integer, found a string"#)
        #expect(
            message { _ = try config["layers"].array()[1]["size"].integer(in: 1 ... .max) }
                == #"config.json: "layers[1].size" is 0, and must be at least 1"#)
        #expect(
            message { _ = try config["layers"]["size"].integer() }
                == #"config.json: "layers" must be an object, found an array"#)
        #expect(
            message { _ = try config["names"].strings() }
                == #"config.json: "names[1]" must be a string, found an integer"#)
        #expect(
            message { _ = try config["rte"].number() } == #"config.json: "rte" is missing"#)
        do {
            _ = try config["rte"].number()
        } catch {
            #expect(error.hint == #"did you mean "rate"?"#)
        }
    }

    @Test func decimalsAreTheNearestDoubles() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let digits = String(random.next() >> UInt64.random(in: 0...63))
            let places = Int.random(in: 1...24)
            let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
            let text = "-" + padded.dropLast(places) + "." + padded.suffix(places)
            #expect(try JSON(parsing: text) == .number(Double(text) ?? .nan), "\(text)")
        }
        for text in ["9007199254740993.0", "0.1", "4503599627370496.5", "4503599627370497.5"] {
            #expect(try JSON(parsing: text) == .number(Double(text) ?? .nan), "\(text)")
        }
    }
}
