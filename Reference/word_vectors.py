"""Prints what gensim computes for the vectors of Tests/ModelsTests/WordVectors/EvaluationTests.swift.

    ~/peers/bin/python Reference/word_vectors.py [FOLDER]

gensim 4.4.0, numpy 2.4.6.
"""
import sys
import tempfile

import numpy as np
from gensim.models import KeyedVectors

PAIRS, DIMENSION = 60, 16


def number(i, j):
    """A number between -1 and 1 that every language computes alike."""
    return np.float32((i * 7919 + j * 104729 + i * j * 31) % 2003 - 1001) / np.float32(1001)


def vectors():
    """Words u0 v0 u1 v1 …: v is u moved by one offset and some noise. Then spellings in capitals of some."""
    words, rows = [], []
    for pair in range(PAIRS):
        base = [number(pair, j) for j in range(DIMENSION)]
        words.append(f"u{pair}")
        rows.append(base)
        words.append(f"v{pair}")
        rows.append(
            [base[j] + number(777, j) + np.float32(0.75) * number(pair + 200, j) for j in range(DIMENSION)])
    for pair in range(0, PAIRS, 7):
        words.append(f"V{pair}")
        rows.append([number(pair + 400, j) for j in range(DIMENSION)])
    return words, np.array(rows, dtype=np.float32)


def similarity_file(path):
    with open(path, "w") as file:
        file.write("# pairs\nword1\tword2\tscore\n")
        for k in range(120):
            first = f"u{k % 61}" if k % 3 else f"V{k % 59}"
            second = f"v{(k * 8 + 5) % 63}"
            file.write(f"{first}\t{second}\t{(k * k) % 11}\n")


def analogy_file(path):
    with open(path, "w") as file:
        for section in ["meaning", "gram-form"]:
            file.write(f": {section}\n")
            for k in range(100):
                a, b = (k * 5 + len(section)) % 61, (k * 11 + 3) % 60
                if a != b:
                    capitals = f"u{a} V{a} U{b} v{b}"
                    file.write(f"{capitals if section == 'meaning' else capitals.lower()}\n")


folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()
words, rows = vectors()
table = KeyedVectors(DIMENSION)
table.add_vectors(words, rows)
similarity_file(f"{folder}/pairs.tsv")
analogy_file(f"{folder}/questions.txt")
for policy in [False, True]:
    for folds in [True, False]:
        pearson, spearman, missing = table.evaluate_word_pairs(
            f"{folder}/pairs.tsv", case_insensitive=folds, dummy4unknown=policy)
        print(f"pairs zero={policy} folds={folds}: spearman {spearman[0]:.6f} pearson {pearson[0]:.6f} missing {missing:.4f} %")
        score, sections = table.evaluate_word_analogies(
            f"{folder}/questions.txt", restrict_vocab=100, case_insensitive=folds, dummy4unknown=policy)
        print(f"analogies zero={policy} folds={folds}:", [
            (s["section"], len(s["correct"]), len(s["correct"]) + len(s["incorrect"])) for s in sections])
print("similar to u3:", [(w, round(s, 5)) for w, s in table.most_similar("u3", topn=4)])
print("u3 : v3 = u8 : ?", [(w, round(s, 5)) for w, s in table.most_similar(positive=["v3", "u8"], negative=["u3"], topn=3)])
print("by 3CosMul", [(w, round(s, 5)) for w, s in table.most_similar_cosmul(positive=["v3", "u8"], negative=["u3"], topn=3)])
print("odd of u1 v1 u2 v50:", table.doesnt_match(["u1", "v1", "u2", "v50"]))
