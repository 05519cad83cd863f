#!/usr/bin/env python3
"""The fingerprint of boundaries that UnicodeTests/SegmentationTests.swift expects.

    apt-get install libicu72; pip install uniseg==0.10.1

Words are uniseg's. Sentences are ICU's: uniseg 0.10 takes rule 8 more narrowly than Unicode Standard Annex 29 has it
(between a full stop and a lower-case letter it allows no symbols). The texts are 20,000 of 12 scalars each, drawn by
the generator below from scalars that stand for every class of the two properties.
"""

import ctypes

from uniseg.wordbreak import word_boundaries

icu = ctypes.CDLL("libicuuc.so.72")
icu.ubrk_open_72.restype = ctypes.c_void_p
SENTENCE, DONE = 3, -1
status = ctypes.c_int(0)
iterator = ctypes.c_void_p(icu.ubrk_open_72(SENTENCE, b"root", None, 0, ctypes.byref(status)))


def sentence_boundaries(text):
    """In scalars; ICU counts UTF-16 units."""
    units = text.encode("utf-16-le")
    icu.ubrk_setText_72(iterator, units, len(units) // 2, ctypes.byref(status))
    assert status.value <= 0
    ends = [icu.ubrk_first_72(iterator)]
    while (end := icu.ubrk_next_72(iterator)) != DONE:
        ends.append(len(units[: 2 * end].decode("utf-16-le")))
    return ends


ALPHABET = (
    "\r\n\u2028\u0085\v\u0308\u200d\xad\u30ab\u30ab\u05d0ab\xe9.:,'\"_019 \u3000\u2019\u00b7?!)\u00bb(\u201dAB\u01c5"
    "\u4e00\u3042\u0e01\u24c2\u263a\U0001f469\U0001f3fd\U0001f1e6\U0001f1e7\u2060-\u2026\u055d$%"
)
state = 1


def draw():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
    return ALPHABET[(state >> 33) % len(ALPHABET)]


def fingerprint(numbers):
    value = 0xCBF29CE484222325
    for number in numbers:
        value = (value ^ number) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"0x{value:016x}"


words, sentences = [], []
for _ in range(20000):
    text = "".join(draw() for _ in range(12))
    words += list(word_boundaries(text))[1:]
    sentences += list(sentence_boundaries(text))[1:]
print("letters", len(ALPHABET), "words", len(words), fingerprint(words), "sentences", len(sentences),
      fingerprint(sentences))
