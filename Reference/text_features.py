#!/usr/bin/env python3
"""The numbers that TextTests/CooccurrenceTests.swift, TextTests/FactorizationTests.swift and TextTests/RetrievalTests.swift
expect: the formulas of the papers in NumPy, TF-IDF and the truncated SVD of scikit-learn.

    pip install numpy==2.4.6 scikit-learn==1.9.1
"""

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

TEXTS = [
    "the swift sleeps on the wing",
    "the swallow sleeps in the reeds",
    "a swift is not a swallow",
    "stock prices fell on the market",
    "the market fell as prices rose",
    "prices of stock rose",
]
words = sorted({w for t in TEXTS for w in t.split()}, key=lambda w: next(
    (i, t.split().index(w)) for i, t in enumerate(TEXTS) if w in t.split()))
number = {w: i for i, w in enumerate(words)}
ids = [[number[w] for w in t.split()] for t in TEXTS]
print("words", words)


def counts(size, weight):
    table = np.zeros((len(words), len(words)))
    for text in ids:
        for i, word in enumerate(text):
            for distance in range(1, min(size, i) + 1):
                table[word, text[i - distance]] += weight(distance)
    return table


def show(name, values):
    print(name, np.array2string(np.asarray(values), separator=", ", precision=6, max_line_width=110, threshold=10000))


left = counts(3, lambda d: 1 / d)
both = left + left.T
show("inverse distance, both sides: the", both[number["the"]])
show("linear, left: prices", counts(3, lambda d: (4 - d) / 3)[number["prices"]])


def ppmi(n, k, alpha):
    smoothed = n.sum(0) ** alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(n / n.sum() / ((n.sum(1) / n.sum())[:, None] * (smoothed / smoothed.sum())))
    return np.where(n > 0, np.maximum(0, pmi - np.log(k)), 0)


show("PPMI: swift", ppmi(both, 1, 1)[number["swift"]])
show("PPMI, k 2, alpha .75: market", ppmi(both, 2, 0.75)[number["market"]])
show("singular values of PPMI", np.linalg.svd(ppmi(both, 1, 1), compute_uv=False)[:8])

tfidf = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True, vocabulary=words).fit_transform(TEXTS)
show("TF-IDF of the first text", tfidf[0, ids[0]].toarray()[0])
lsa = TruncatedSVD(3, algorithm="arpack", random_state=0).fit(tfidf)
show("LSA singular values", lsa.singular_values_)
points = lsa.transform(tfidf)
points /= np.linalg.norm(points, axis=1, keepdims=True)
show("LSA cosines of the texts", points @ points.T)

n = np.array([[t.count(w) for w in range(len(words))] for t in ids])
df, lengths = (n > 0).sum(0), n.sum(1)
idf = np.log(1 + (len(ids) - df + 0.5) / (df + 0.5))
scores = idf * n * 2.2 / (n + 1.2 * (1 - 0.75 + 0.75 * (lengths / lengths.mean())[:, None]))
show("BM25 of: stock prices", scores[:, number["stock"]] + scores[:, number["prices"]])
show("BM25 of: the swift the", scores[:, number["swift"]] + 2 * scores[:, number["the"]])
