"""Writes Reference/goldens/tokenizers: small tokenizers, and what Hugging Face tokenizers 0.23.3 makes of difficult texts
with them; TextTests/Tokenizer/GoldenTokenizerTests reads both. Needs tokenizers.

    python Reference/tokenizer_goldens.py

The vocabularies are counted here, from the sentences of ApusData: training in that library depends on the order of a
hash table. A line of KIND/expected.jsonl.gz holds a text, its ids, tokens, offsets (in scalars) and decoded text, or a
pair of texts with ids and types."""
import collections
import gzip
import json
import math
import pathlib
import re
import sys

sys.path.pop(0)                                        # this file's name is the package's
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers,
                        pre_tokenizers, processors)

root = pathlib.Path(__file__).parent
sentences = {}
for file in sorted((root.parent / "Sources/ApusData/LanguageSentences").glob("*.swift")):
    block = re.search(r'"""\n(.*?)\n\s*"""', file.read_text(), re.S)
    if block:
        sentences[file.stem] = [line.strip() for line in block[1].split("\n")]
corpus = [line for name in ("English", "French", "German") for line in sentences[name]]

DIFFICULT = [
    "", " ", "  two  spaces  ", "\ttab\nline\r\nreturn\n\n", "don't, won't; it's I'LL", "ÀÉÎõü ǅ ﬁ ﬂ",
    "e\u0301 o\u0308 decomposed", "İstanbul ıI ß ẞ", "naïve façade — “quotes” ‘single’ … ¿qué?", "1,234.56 ½ ² ٣٤ 10⁻⁶",
    "foo_bar(x) += 0x1F; // C++", "https://example.org/a?b=c&d#e", "a\u00a0b\u2003c\u3000d\u200be\u00adf",
    "\x00\x07control\x7f\x85", "中文分词 日本語のテキスト 한국어 문장", "ภาษาไทยไม่มีช่องว่าง", "हिन्दी में लिखा",
    "עברית ושלום العربية مَرْحَبًا", "👍🏽 👩‍👩‍👧‍👦 🇳🇴 ❤️", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ＦＵＬＬ", "[MASK] in [SEP] the text </s><s>",
    "<|endoftext|>begin<|endoftext|> <|endoftext|>", "x" * 120, "!!!???...---", "\ufeffmark \ufffd \ue000",
    "Thé thé THE the tHe", "▁already ▁▁ marked", "a</w>b ##c Ġd", "word.word,word", "ends with space ",
]
TEXTS = DIFFICULT + [lines[index] for lines in sentences.values() for index in (0, 45)]
PAIRS = [("Who sleeps?", "The swifts do."), ("", "only a second"), ("中文 ", " e\u0301"), ("[MASK]", "")]


def words_of(lines, split, normalizer=None):
    counts = collections.Counter()
    for line in lines:
        line = normalizer.normalize_str(line) if normalizer else line
        counts.update(word for word, _ in split.pre_tokenize_str(line))
    return counts


def pair_merges(words, size, alphabet, suffix=""):
    """Byte-pair encoding as Sennrich et al. (2016) write it; of equal counts the smaller pair first."""
    parts = {word: [*word[:-1], word[-1] + suffix] for word in words}
    tokens = sorted(set(alphabet) | {part for word in parts.values() for part in word})
    merges = []
    while len(tokens) < size:
        pairs = collections.Counter()
        for word, count in words.items():
            for pair in zip(parts[word], parts[word][1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        for word, old in parts.items():
            new = []
            for part in old:
                new.append(part)
                if tuple(new[-2:]) == best and len(new) > 1:
                    new[-2:] = ["".join(best)]
            parts[word] = new
        merges.append(best)
        if "".join(best) not in tokens:
            tokens.append("".join(best))
    return tokens, merges


def frequent_pieces(words, size, longest=8):
    """Substrings of the words by how many characters of the corpus they cover, single characters always."""
    counts = collections.Counter()
    for word, count in words.items():
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + longest) + 1):
                counts[start > 0, word[start:end]] += count
    single = sorted(piece for piece in counts if len(piece[1]) == 1)
    long = sorted((piece for piece in counts if len(piece[1]) > 1),
                  key=lambda piece: (-counts[piece] * len(piece[1]), piece))
    return single + long[:size], counts


def numbered(tokens):
    return {token: id for id, token in enumerate(dict.fromkeys(tokens))}


def wordpiece(lowercases):
    normalizer = normalizers.BertNormalizer(lowercase=lowercases)
    split = pre_tokenizers.BertPreTokenizer()
    pieces, _ = frequent_pieces(words_of(corpus, split, normalizer), 260)
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = numbered(special + ["##" * inside + piece for inside, piece in pieces])
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, split
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.add_special_tokens(special)
    return tokenizer


def byte_level_bpe():
    split = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokens, merges = pair_merges(words_of(corpus, split), 480, pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(numbered(tokens), merges))
    tokenizer.pre_tokenizer, tokenizer.decoder = split, decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True)
    tokenizer.add_special_tokens(["<|endoftext|>"])
    return tokenizer


def character_bpe():
    normalizer, split = normalizers.Lowercase(), pre_tokenizers.WhitespaceSplit()
    tokens, merges = pair_merges(words_of(corpus, split, normalizer), 300, [], suffix="</w>")
    tokenizer = Tokenizer(models.BPE(
        numbered(["<unk>"] + tokens), merges, unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, split
    tokenizer.decoder = decoders.BPEDecoder()
    return tokenizer


def sentencepiece_bpe():
    split = pre_tokenizers.Metaspace()
    tokens, merges = pair_merges(words_of(corpus, split), 300, [])
    special = ["<unk>", "<s>", "</s>"]
    bytes = [f"<0x{byte:02X}>" for byte in range(256)]
    tokenizer = Tokenizer(models.BPE(
        numbered(special + bytes + tokens), merges, unk_token="<unk>", byte_fallback=True,
        fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
        decoders.Strip(" ", 1, 0)])
    tokenizer.post_processor = processors.TemplateProcessing(
        "<s> $A", "<s> $A <s>:1 $B:1", [("<s>", 1)])
    tokenizer.add_special_tokens(special)
    return tokenizer


def unigram(falls_back):
    split = pre_tokenizers.Metaspace()
    pieces, counts = frequent_pieces(words_of(corpus, split), 260)
    texts = sorted({text for _, text in pieces})
    sums = [counts[False, text] + counts[True, text] for text in texts]
    special = ["<pad>", "</s>", "<unk>"]
    bytes = [f"<0x{byte:02X}>" for byte in range(256)] if falls_back else []
    # Rounded, so that no library's logarithm can change a digit.
    scores = [round(math.log(count / sum(sums)), 4) for count in sums]
    vocabulary = [(token, 0.0) for token in special + bytes] + list(zip(texts, scores))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=falls_back))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = split
    tokenizer.decoder = decoders.Sequence(
        [decoders.ByteFallback(), decoders.Metaspace()]) if falls_back else decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        "$A </s>", "$A </s> $B:1 </s>:1", [("</s>", 1)])
    tokenizer.add_special_tokens(special)
    return tokenizer


def word_level():
    split = pre_tokenizers.Whitespace()
    words = words_of(corpus, split)
    common = sorted(words, key=lambda word: (-words[word], word))[:300]
    tokenizer = Tokenizer(models.WordLevel(numbered(["[UNK]"] + common), unk_token="[UNK]"))
    tokenizer.pre_tokenizer = split
    tokenizer.add_tokens([AddedToken("swifts", single_word=True), AddedToken("THE", lstrip=True)])
    return tokenizer


KINDS = {
    "bert": wordpiece(True), "wordpiece-cased": wordpiece(False), "byte-level-bpe": byte_level_bpe(),
    "character-bpe": character_bpe(), "sentencepiece-bpe": sentencepiece_bpe(),
    "unigram": unigram(False), "unigram-byte-fallback": unigram(True), "word-level": word_level(),
}
for kind, tokenizer in KINDS.items():
    folder = root / "goldens" / "tokenizers" / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(tokenizer.to_str() + "\n")
    lines = []
    for text in TEXTS:
        encoding = tokenizer.encode(text)
        lines.append({
            "text": text, "ids": encoding.ids, "tokens": encoding.tokens,
            "offsets": encoding.offsets, "decoded": tokenizer.decode(encoding.ids)})
    for text, pair in PAIRS:
        encoding = tokenizer.encode(text, pair)
        lines.append({
            "text": text, "pair": pair, "ids": encoding.ids, "type_ids": encoding.type_ids})
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    (folder / "expected.jsonl.gz").write_bytes(gzip.compress(written, mtime=0))
    print(kind, tokenizer.get_vocab_size(), "tokens,", len(lines), "lines")
