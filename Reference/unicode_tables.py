#!/usr/bin/env python3
"""The tables of Sources/CApusUnicode, printed from three PyPI packages:

- unicodedata2 18.0: categories, combining classes, decompositions (the Unicode Character Database 18.0);
- regex 2026.11.15: scripts, word and sentence breaks, emoji, Alphabetic, White_Space, case folding (the same database;
  the two are compared below);
- tokenizers 0.23.3: what Hugging Face's library takes a scalar for. It goes by the Unicode versions 8, 9, 16 and 17 in
  different places, and our tokenizers must agree with it to the byte.

    pip install unicodedata2==18.0.0 regex==2026.11.15 tokenizers==0.23.3
    Reference/unicode_tables.py Sources/CApusUnicode

Lower case comes from Python itself (3.11: Unicode 14) and, for letters that are younger, from case folding: the only
ones that fold to something else than their lower case are Cherokee's, which are older.
"""

import sys
import unicodedata

import regex
import unicodedata2 as ucd
from tokenizers import Regex, normalizers, pre_tokenizers

assert ucd.unidata_version == "18.0.0"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
EVERYTHING = "".join(map(chr, SCALARS))
CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split()
WORD_BREAKS = """OTHER CR LF NEWLINE EXTEND ZWJ FORMAT KATAKANA HEBREWLETTER ALETTER MIDLETTER MIDNUM MIDNUMLET NUMERIC
    EXTENDNUMLET REGIONALINDICATOR WSEGSPACE SINGLEQUOTE DOUBLEQUOTE""".split()
SENTENCE_BREAKS = """OTHER CR LF SEP EXTEND FORMAT SP LOWER UPPER OLETTER NUMERIC ATERM SCONTINUE STERM CLOSE""".split()


def members(pattern):
    return {ord(m.group()) for m in regex.finditer(pattern, EVERYTHING)}


def category(c):
    return "Cs" if 0xD800 <= c < 0xE000 else ucd.category(chr(c))


assert members(r"\p{Cn}") == {c for c in SCALARS if category(c) == "Cn"}


# --- what Hugging Face's library takes a scalar for


def kept(normalizer):
    """The scalars that a normalizer drops behind a letter."""
    return {c for c in SCALARS if normalizer.normalize_str("a" + chr(c)) == "a"}


def bert(**settings):
    parts = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**(parts | settings))


def parted(splitter, neighbour):
    """The scalars at which a pre-tokenizer cuts."""
    texts = ((c, neighbour + chr(c) + neighbour) for c in SCALARS)
    return {c for c, text in texts if splitter.pre_tokenize_str(text)[0][1] == (0, 1)}


def split_by(pattern, neighbour):
    return parted(pre_tokenizers.Split(Regex(pattern), "isolated"), neighbour)


WHITE_SPACE = members(r"\p{White_Space}")
assert parted(pre_tokenizers.WhitespaceSplit(), "a") == WHITE_SPACE
HF_PUNCTUATION = parted(pre_tokenizers.Punctuation(), "a")
HF_NUMERIC = parted(pre_tokenizers.Digits(), "a")
HF_ASSIGNED = split_by(r"[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Co}]", "\u0378")
HF_WORD = {
    c for c in SCALARS if len(pre_tokenizers.Whitespace().pre_tokenize_str("a" + chr(c) + "b")) == 1
}
HF_MARK = kept(normalizers.StripAccents())
HF_NONSPACING = kept(bert(strip_accents=True))
HF_CONTROL = kept(bert(clean_text=True))
scripts_apart = pre_tokenizers.UnicodeScripts()
HF_SCRIPTED = {
    c for c in SCALARS
    if any(len(scripts_apart.pre_tokenize_str(x + chr(c))) == 2 for x in ("a", "\u03b1"))
}  # fmt: skip
lower_case = normalizers.Lowercase()

for general in CATEGORIES:
    if general not in ("Cn", "Cs", "Lo", "Ll"):
        theirs = split_by(rf"\p{{{general}}}", "!" if general[0] == "L" else "a")
        theirs -= {ord("!"), ord("a")}
        ours = {c for c in HF_ASSIGNED if category(c) == general} - {ord("!"), ord("a")}
        assert theirs == ours, general

# --- case


def lowered(c):
    if category(c) == "Cs":
        return chr(c)
    if unicodedata.category(chr(c)) != "Cn":
        return chr(c).lower()
    return folded(c) if category(c) in ("Lu", "Lt") else chr(c)


def folded(c):
    if c in (ord("I"), 0x130):  # the package leaves out what Turkish folds in another way
        return chr(c).lower()
    return regex._regex.fold_case(regex.FULLCASE | regex.IGNORECASE | regex.UNICODE, chr(c))


# --- normalization


def decomposition(c, compatible):
    if 0xAC00 <= c < 0xD7A4:
        return [c]
    parts = ucd.decomposition(chr(c)).split()
    if not parts or parts[0][0] == "<" and not compatible:
        return [c]
    return [d for part in parts if part[0] != "<" for d in decomposition(int(part, 16), compatible)]


PAIRS = {}
for c in SCALARS:
    parts = ucd.decomposition(chr(c)).split()
    if len(parts) == 2 and parts[0][0] != "<" and ucd.normalize("NFC", chr(c)) == chr(c):
        PAIRS.setdefault(int(parts[0], 16), []).append((int(parts[1], 16), c))
SECONDS = {second for pairs in PAIRS.values() for second, _ in pairs}
SECONDS |= set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))


def young_in_normalization(c):
    """Whether Hugging Face's normalizers, which are of Unicode 9, know nothing of a scalar."""
    nfkd = normalizers.NFKD()
    if ucd.normalize("NFKD", chr(c)) != chr(c):
        return nfkd.normalize_str(chr(c)) == chr(c)
    own = ucd.combining(chr(c))
    if own == 0:
        return False
    behind, before = "a" + chr(c) + "\u0334", "a\u0345" + chr(c)  # marks of class 1 and 240
    moved = nfkd.normalize_str(behind) != behind or nfkd.normalize_str(before) != before
    return not moved


# --- printing


def two_stages(values, bits=7):
    """One table of blocks and one of values: equal blocks are stored once."""
    blocks, index, numbers = [], [], {}
    for start in range(0, 0x110000, 1 << bits):
        block = tuple(values[start : start + (1 << bits)])
        if block not in numbers:
            numbers[block] = len(blocks)
            blocks.append(block)
        index.append(numbers[block])
    return index, [v for block in blocks for v in block]


def numbered(items):
    numbers = {}
    return [numbers.setdefault(item, len(numbers)) for item in items], list(numbers)


def array(kind, name, values):
    assert kind != "uint8_t" or max(values) < 256
    assert kind != "uint16_t" or max(values) < 65536
    lines, line = [], "   "
    for value in values:
        item = f" {value},"
        if len(line) + len(item) > 100:
            lines.append(line)
            line = "   "
        line += item
    return f"const {kind} {name}[{len(values)}] = {{\n" + "\n".join(lines + [line]) + "\n};\n"


def records(kind, name, values):
    rows = ["{" + ", ".join(map(str, v)) + "}" for v in values]
    return array(kind, name, rows)


def source(name, parts):
    head = f"// Unicode 18.0, printed by Reference/unicode_tables.py.\n#include \"CApusUnicode.h\"\n\n"
    with open(f"{sys.argv[1]}/{name}.c", "w") as file:
        file.write(head + "\n".join(parts))


def properties():
    flags = [0] * 0x110000
    sets = [
        WHITE_SPACE, members(r"\p{Alphabetic}"), members(r"\p{Emoji}"), members(r"\p{Emoji_Presentation}"),
        members(r"\p{Extended_Pictographic}"), members(r"\p{Ideographic}"),
        HF_PUNCTUATION, HF_NUMERIC, HF_MARK, HF_NONSPACING, HF_CONTROL, HF_ASSIGNED, HF_WORD,
        {c for c in SCALARS if lower_case.normalize_str(chr(c)) != lowered(c)},
        HF_SCRIPTED,
    ]  # fmt: skip
    for bit, scalars in enumerate(sets):
        for c in scalars:
            flags[c] |= 1 << bit
    names = {}
    for name, value in regex._regex.get_properties()["SCRIPT"][1].items():
        names.setdefault(value, []).append(name)
    scripts, words, sentences = [0] * 0x110000, [0] * 0x110000, [0] * 0x110000
    for value, spellings in names.items():
        for c in members(rf"\p{{Script={spellings[0]}}}"):
            scripts[c] = value
    for value, name in enumerate(WORD_BREAKS):
        for c in members(rf"\p{{WB={name}}}") if value else ():
            words[c] = value
    for value, name in enumerate(SENTENCE_BREAKS):
        for c in members(rf"\p{{SB={name}}}") if value else ():
            sentences[c] = value
    rows = [
        (CATEGORIES.index(category(c)), scripts[c], words[c], sentences[c], flags[c]) for c in range(0x110000)
    ]
    index, kinds = numbered(rows)
    blocks, cells = two_stages(index)
    spelled = [f'{{"{names[v][0].title()}", "{names[v][-1 if v == 4 else min(1, len(names[v]) - 1)].title()}"}}'
               for v in sorted(names)]
    spelled[4] = '{"Inherited", "Zinh"}'
    assert sorted(names) == list(range(len(names)))
    source("properties", [
        array("uint16_t", "apus_unicode_property_blocks", blocks),
        array("uint16_t", "apus_unicode_property_cells", cells),
        records("apus_unicode_properties", "apus_unicode_property_records", kinds),
        array("apus_unicode_script_names", "apus_unicode_scripts", spelled),
        f"const int32_t apus_unicode_script_count = {len(spelled)};\n",
        "const int32_t apus_unicode_version = 1800;\n",
    ])  # fmt: skip


def casing():
    expansions, rows = [], []
    for c in range(0x110000):
        low, fold = lowered(c), folded(c) if category(c) != "Cs" else chr(c)
        delta = ord(low[0]) - c
        assert len(low) == 1 or c == 0x130
        if len(fold) == 1:
            rows.append((delta, ord(fold) - c))
        else:
            rows.append((delta, 0x200000 + len(expansions)))
            scalars = [ord(x) for x in fold] + [0] * (3 - len(fold))
            expansions.append(["{" + ", ".join(map(str, scalars)) + "}"])
    index, kinds = numbered(rows)
    blocks, cells = two_stages(index)
    source("casing", [
        array("uint16_t", "apus_unicode_case_blocks", blocks),
        array("uint16_t", "apus_unicode_case_cells", cells),
        records("apus_unicode_case", "apus_unicode_case_records", kinds),
        records("apus_unicode_expansion", "apus_unicode_foldings", expansions),
    ])  # fmt: skip


def normalization():
    scalars, places, pairs, rows = [], {}, [], []

    def place(mapping):
        if tuple(mapping) not in places:
            places[tuple(mapping)] = len(scalars)
            scalars.extend(mapping)
        return places[tuple(mapping)]

    for c in range(0x110000):
        if category(c) == "Cs":
            rows.append((0,) * 8)
            continue
        hangul = 0xAC00 <= c < 0xD7A4
        canonical, compatible = decomposition(c, False), decomposition(c, True)
        row = [ucd.combining(chr(c)), 0, 0, 0, 0, 0, 0, 0]
        row[1] |= 1 if hangul or canonical != [c] else 0
        row[1] |= 2 if hangul or compatible != [c] else 0
        row[1] |= 4 if ucd.normalize("NFC", chr(c)) != chr(c) or c in SECONDS else 0
        row[1] |= 8 if ucd.normalize("NFKC", chr(c)) != chr(c) or c in SECONDS else 0
        row[1] |= 16 if hangul else 0
        row[1] |= 32 if not hangul and young_in_normalization(c) else 0
        if canonical != [c]:
            row[2], row[4] = len(canonical), place(canonical)
        if compatible != [c]:
            row[3], row[5] = len(compatible), place(compatible)
        if c in PAIRS:
            row[6], row[7] = len(pairs), len(PAIRS[c])
            pairs.extend(sorted(PAIRS[c]))
        rows.append(tuple(row))
    index, kinds = numbered(rows)
    blocks, cells = two_stages(index)
    source("normalization", [
        array("uint16_t", "apus_unicode_normal_blocks", blocks),
        array("uint16_t", "apus_unicode_normal_cells", cells),
        records("apus_unicode_normal", "apus_unicode_normal_records", kinds),
        array("uint32_t", "apus_unicode_decompositions", scalars),
        records("apus_unicode_pair", "apus_unicode_pairs", pairs),
    ])  # fmt: skip


properties()
casing()
normalization()
