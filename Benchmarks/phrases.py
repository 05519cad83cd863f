"""Cuts labelled texts into phrases and small samples: development data for short texts.

    python phrases.py SHARED_DATA OUT [NAME …]

Reads only the training files of the sets, splits their *texts* 8 : 1 : 1 by a hash (so no part of a text
that is trained on is ever judged), and writes OUT/NAME/{train,dev,eval}.tsv, `label<TAB>text`:

  SET-clauses   clauses of 2 to 8 words, each with its text's label
  SET-nested    a text, its halves, their halves and so on down to 2 words (dev and eval: the texts and
                their clauses), as treebanks of phrases are made
  SET-500 …     so many whole texts
"""

import csv
import gzip
import hashlib
import io
import os
import re
import sys

PHRASES = ["sent_mr", "sent_subj", "sent_proscons", "topic_newsagg", "topic_dbpedia14"]
SAMPLES = PHRASES + ["intent_banking77", "intent_clinc150", "lid_tatoeba"]
SIZES = [500, 1000, 5000]


def rows(folder):
    name = next(n for n in sorted(os.listdir(folder)) if n.startswith("train."))
    text = gzip.open(os.path.join(folder, name), "rt", encoding="utf-8", newline="").read()
    if name.startswith("train.tsv"):
        table = [line.split("\t") for line in text.splitlines() if line]
    else:
        table = list(csv.reader(io.StringIO(text)))
    labels = {"label", "category", "CATEGORY", "intent", "lang"}
    header = [i for i, cell in enumerate(table[0]) if cell in labels]
    column = header[0] if header else 0
    for row in table[1:] if header else table:
        yield row[column], " ".join(" ".join(row[:column] + row[column + 1 :]).split())


def order(text, salt=""):
    return hashlib.sha256((salt + text).encode()).digest()


def part(text):
    return ("eval", "dev", *["train"] * 8)[order(text)[0] % 10]


def clauses(text):
    """Cut at punctuation and before conjunctions, then to at most 8 words; single words are left out."""
    for piece in re.split(r"\s*[,.;:!?()\"]+\s*|\s+-+\s+|\s+(?=(?:and|but|or|that|which|who)\s)", text):
        words = piece.split()
        for start in range(0, len(words), 8):
            if len(words[start : start + 8]) >= 2:
                yield " ".join(words[start : start + 8])


def nested(words):
    yield " ".join(words)
    if len(words) >= 4:
        # Where a text is cut follows from its words alone.
        middle = len(words) // 2 + order(" ".join(words))[1] % 3 - 1
        yield from nested(words[:middle])
        yield from nested(words[middle:])


def write(out, name, parts):
    os.makedirs(os.path.join(out, name), exist_ok=True)
    for split, pairs in parts.items():
        unique = list(dict.fromkeys(pairs))
        unique.sort(key=lambda pair: order(pair[1], pair[0]))
        with open(os.path.join(out, name, split + ".tsv"), "w", encoding="utf-8") as file:
            file.write("label\ttext\n")
            file.writelines(f"{label}\t{text}\n" for label, text in unique)
    print(name, {split: len(set(pairs)) for split, pairs in parts.items()})


def main(data, out, names):
    for name in SAMPLES:
        if names and name not in names:
            continue
        whole = {"train": [], "dev": [], "eval": []}
        for label, text in rows(os.path.join(data, name)):
            whole[part(text)].append((label, text))
        if name in PHRASES:
            cut = {s: [(l, c) for l, t in p for c in clauses(t)] for s, p in whole.items()}
            write(out, name + "-clauses", cut)
            spans = {s: p + cut[s] for s, p in whole.items()}
            spans["train"] = [(l, c) for l, t in whole["train"] for c in nested(t.split())]
            write(out, name + "-nested", spans)
        for size in SIZES:
            first = sorted(whole["train"], key=lambda pair: order(pair[1], "sample"))[:size]
            known = {label for label, _ in first}
            held = {s: [p for p in whole[s] if p[0] in known] for s in ("dev", "eval")}
            write(out, f"{name}-{size}", {"train": first, **held})
        write(out, name + "-all", whole)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
