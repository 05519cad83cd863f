#!/usr/bin/env python3
"""The fingerprints that UnicodeTests/NormalizationTests.swift and UnicodeTests/UnicodeTablesTests.swift expect.

    pip install unicodedata2==18.0.0 tokenizers==0.23.3     (Python 3.11, whose own case mappings are of Unicode 14)

A fingerprint is the 64-bit FNV-1a hash of UTF-8 text. The texts hold every scalar of the blocks in which something
happens: once each by itself, once each with two marks behind it that stand in the wrong order.
"""

import unicodedata2 as ucd
from tokenizers import normalizers, pre_tokenizers

BLOCKS = [
    (0x0, 0x3400), (0xA000, 0xAC40), (0xD7A0, 0xD800), (0xF900, 0x17000), (0x1B000, 0x1FC00), (0x2F800, 0x2FA20),
]  # fmt: skip
CASED = [(0x0, 0x1C80), (0x1C90, 0x3000), (0xA640, 0xA7C8), (0x10400, 0x10500)]
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def fingerprint(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"0x{value:016x}"


def text(blocks, behind):
    return "".join(chr(c) + behind for first, end in blocks for c in range(first, end))


plain, marked = text(BLOCKS, "\n"), text(BLOCKS, "\u0301\u0316\n")
print("form, by itself, with marks, Hugging Face with marks")
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    theirs = getattr(normalizers, form)().normalize_str(marked)
    print(form, *map(fingerprint, (ucd.normalize(form, plain), ucd.normalize(form, marked), theirs)))
cased = text(CASED, "\n")
print("lower case", fingerprint("".join(c.lower() for c in cased)), "folding", fingerprint(cased.casefold()))
print("categories", fingerprint("".join("Cs" if 0xD800 <= c < 0xE000 else ucd.category(chr(c)) for c in range(0x110000))))
print("combining classes", fingerprint("".join(f"{ucd.combining(chr(c))} " for c in SCALARS if ucd.combining(chr(c)))))


def count(does):
    return sum(1 for c in SCALARS if does(chr(c)))


def cut(splitter):
    return count(lambda c: splitter.pre_tokenize_str("a" + c + "a")[0][1] == (0, 1))


def dropped(normalizer):
    return count(lambda c: normalizer.normalize_str("a" + c) == "a")


def bert(clean_text, strip_accents):
    return normalizers.BertNormalizer(
        clean_text=clean_text, handle_chinese_chars=False, strip_accents=strip_accents, lowercase=False)


word = pre_tokenizers.Whitespace()
print("Hugging Face: punctuation", cut(pre_tokenizers.Punctuation()), "numeric", cut(pre_tokenizers.Digits()),
      "mark", dropped(normalizers.StripAccents()), "nonspacing", dropped(bert(False, True)),
      "control", dropped(bert(True, False)),
      "word", count(lambda c: len(word.pre_tokenize_str("a" + c + "b")) == 1))
