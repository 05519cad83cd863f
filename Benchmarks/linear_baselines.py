"""LinearSVC and logistic regression of scikit-learn on word 1–2-grams, tuned on dev, judged on eval.

    python linear_baselines.py FOLDER NAME …      (folders as phrases.py writes them)

A line a set: `NAME svm DEV EVAL settings logistic DEV EVAL settings`.
"""

import os
import sys
import warnings

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

# Every run of letters and digits, and every other visible character, is a word.
WORDS = r"(?u)\w+|[^\w\s]"
VECTORIZERS = {
    "binary": CountVectorizer(ngram_range=(1, 2), token_pattern=WORDS, binary=True),
    "tfidf": TfidfVectorizer(ngram_range=(1, 2), token_pattern=WORDS, sublinear_tf=True),
}
COSTS = {
    ("svm", "binary"): [0.01, 0.03, 0.1, 0.3, 1],
    ("svm", "tfidf"): [0.1, 0.3, 1, 3],
    ("logistic", "binary"): [0.1, 0.3, 1, 3, 10],
    ("logistic", "tfidf"): [1, 3, 10, 30, 100],
}


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")[1:-1]
    return [line.split("\t", 1)[0] for line in lines], [line.split("\t", 1)[1] for line in lines]


def judge(folder):
    (y, train), (y_dev, dev), (y_eval, evaluation) = (
        read(os.path.join(folder, split + ".tsv")) for split in ("train", "dev", "eval")
    )
    best = {"svm": (-1,), "logistic": (-1,)}
    for name, vectorizer in VECTORIZERS.items():
        x = vectorizer.fit_transform(train)
        x_dev, x_eval = vectorizer.transform(dev), vectorizer.transform(evaluation)
        for kind in best:
            # Newton and L-BFGS over a hundred classes take minutes a cost: the SVM stands for both.
            if kind == "logistic" and len(set(y)) > 20:
                continue
            for cost in COSTS[kind, name]:
                model = (
                    LinearSVC(C=cost, max_iter=3000)
                    if kind == "svm"
                    else LogisticRegression(C=cost, max_iter=200)
                )
                model.fit(x, y)
                found = (model.score(x_dev, y_dev), model.score(x_eval, y_eval), name, cost)
                best[kind] = max(best[kind], found, key=lambda result: result[0])
    return best


warnings.filterwarnings("ignore")
for name in sys.argv[2:]:
    best = judge(os.path.join(sys.argv[1], name))
    told = [f"{kind} " + " ".join(f"{r:.4f}" if isinstance(r, float) and r < 1 and i < 2 else str(r) for i, r in enumerate(found)) for kind, found in best.items()]
    print(name, *told, flush=True)
