extension PostProcessor {
    /// How many tokens are put in, for one text or two.
    func addedCount(forPair isPair: Bool) -> Int {
        switch self {
        case .template(let template):
            (isPair ? template.pair : template.single).reduce(0) { count, part in
                guard case .special(let name, _) = part else { return count }
                return count + (template.special(name)?.ids.count ?? 0)
            }
        case .bert: isPair ? 3 : 2
        case .roberta: isPair ? 4 : 2
        case .byteLevel: 0
        case .sequence(let processors):
            processors.reduce(0) { $0 + $1.addedCount(forPair: isPair) }
        }
    }

    /// Works on one encoding or two, and gives the parts that are then joined.
    func process(
        _ encodings: [Encoding], addingSpecialTokens: Bool, engine: TokenizerEngine
    ) -> [Encoding] {
        var encodings = encodings
        switch self {
        case .template(let template):
            return template.fill(encodings, addingSpecialTokens, engine)
        case .bert(let separator, let classifier):
            guard addingSpecialTokens else { return encodings }
            return [
                Self.enclosed(encodings[0], [classifier], [separator], typeID: 0, engine)
            ]
                + encodings.dropFirst().map {
                    Self.enclosed($0, [], [separator], typeID: 1, engine)
                }
        case .roberta(let separator, let classifier, let trims, let addsSpace):
            if trims { Self.trim(&encodings, addsPrefixSpace: addsSpace) }
            for index in encodings.indices { encodings[index].setType(0) }
            guard addingSpecialTokens else { return encodings }
            return [
                Self.enclosed(encodings[0], [classifier], [separator], typeID: 0, engine)
            ]
                + encodings.dropFirst().map {
                    Self.enclosed($0, [separator], [separator], typeID: 0, engine)
                }
        case .byteLevel(let settings):
            if settings.trimsOffsets {
                Self.trim(&encodings, addsPrefixSpace: settings.addsPrefixSpace)
            }
            return encodings
        case .sequence(let processors):
            for processor in processors {
                encodings = processor.process(
                    encodings, addingSpecialTokens: addingSpecialTokens, engine: engine)
            }
            return encodings
        }
    }

    /// An encoding, and each of its windows, between special tokens.
    private static func enclosed(
        _ encoding: Encoding, _ before: [SpecialToken], _ after: [SpecialToken], typeID: Int32,
        _ engine: TokenizerEngine
    ) -> Encoding {
        func special(_ tokens: [SpecialToken]) -> Encoding {
            Encoding.special(
                ids: tokens.map(\.id), tokens: tokens.map(\.token), typeID: typeID,
                engine: engine)
        }
        var result = special(before)
        var middle = encoding
        middle.overflowing = []
        middle.setType(typeID)
        result.append(middle)
        result.append(special(after))
        result.overflowing = encoding.overflowing.map {
            enclosed($0, before, after, typeID: typeID, engine)
        }
        return result
    }

    /// Takes the white space at the ends of byte-level tokens out of their ranges.
    private static func trim(_ encodings: inout [Encoding], addsPrefixSpace: Bool) {
        for index in encodings.indices {
            encodings[index].trimSpaces(addsPrefixSpace: addsPrefixSpace)
            for window in encodings[index].overflowing.indices {
                encodings[index].overflowing[window].trimSpaces(addsPrefixSpace: addsPrefixSpace)
            }
        }
    }
}

extension TokenTemplate {
    func special(_ name: String) -> Special? {
        specialTokens.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The template with the texts in their places.
    func fill(
        _ encodings: [Encoding], _ addingSpecialTokens: Bool, _ engine: TokenizerEngine
    ) -> [Encoding] {
        var result: [Encoding] = []
        for part in encodings.count > 1 ? pair : single {
            switch part {
            case .first(let typeID):
                result.append(encodings[0])
                result[result.count - 1].setType(typeID)
            case .second(let typeID):
                guard encodings.count > 1 else { continue }
                result.append(encodings[1])
                result[result.count - 1].setType(typeID)
            case .special(let name, let typeID):
                guard addingSpecialTokens, let special = special(name) else { continue }
                result.append(
                    Encoding.special(
                        ids: special.ids, tokens: special.tokens, typeID: typeID,
                        engine: engine))
            }
        }
        return result
    }
}

extension Encoding {
    /// Takes white space at the ends of tokens (as a byte-level token writes it) out of their ranges.
    ///
    /// - Parameter addsPrefixSpace: a single space at the beginning of the text was put there by us.
    mutating func trimSpaces(addsPrefixSpace: Bool) {
        var other = otherTokens[...]
        for place in ids.indices {
            var token: String?
            if let first = other.first, first.place == place {
                token = first.token
                other = other.dropFirst()
            }
            let (spaces, trailing) =
                token.map { Self.spaces(of: Array($0.utf8)) }
                ?? engine.vocabulary.withBytes(of: ids[place]) { Self.spaces(of: $0) } ?? (0, 0)
            guard spaces > 0 || trailing > 0 else { continue }
            var leading = spaces
            if leading == 1, addsPrefixSpace, place == 0 || scalarSpans[place].start == 0 {
                leading = 0
            }
            Self.trim(&scalarSpans[place], leading, trailing)
            Self.trim(&byteSpans[place], leading, trailing)
        }
    }

    private static func trim(_ span: inout ByteSpan, _ leading: Int, _ trailing: Int) {
        if leading > 0 { span.start = min(span.start + Int32(leading), span.end) }
        if trailing > 0, Int(span.end) >= trailing {
            span.end = max(span.end - Int32(trailing), span.start)
        }
    }

    /// How many spaces a token begins and ends with; GPT-2 writes a space as U+0120.
    private static func spaces(of token: some RandomAccessCollection<UInt8>) -> (Int, Int) {
        let scalars = String(decoding: token, as: UTF8.self).unicodeScalars
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value == 0x120 || UnicodeTables.isWhitespace(scalar.value)
        }
        return (
            scalars.prefix(while: isSpace).count, scalars.reversed().prefix(while: isSpace).count
        )
    }
}
