"""Prints the vocabularies and merges that Hugging Face tokenizers 0.23.3 learns from a few sentences: the numbers of
Tests/TextTests/Tokenizer/TrainingGoldens.swift. Needs tokenizers.

Where letters carry a prefix or a suffix, that library numbers them in the order of a hash table, anew in each run; the
order of this run is printed too, and the tests follow it."""
import json

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

LINES = [
    "Swifts sleep on the wing, and the wing never sleeps.",
    "A swift flies faster than the fastest swallow of the swamp.",
    "The sleepers slept; the swimmers swam where the swifts had flown.",
    "Über den Dächern flogen dreißig Mauersegler, schneller und schneller.",
    "Стрижи летят над рекой, и река летит под стрижами.",
    "雨燕在飞，雨燕在睡。",
    "In 2024 there were 1024 swifts, in 2025 there were 2048.",
    "the theatre there, their thesis, these thin threads",
    "aaaa aaaaa aa aaaaaa ababab abab",
]


def words(kind):
    return {
        "words": pre_tokenizers.Whitespace(), "bytes": pre_tokenizers.ByteLevel(add_prefix_space=False),
        "metaspace": pre_tokenizers.Metaspace(),
    }[kind]


def show(name, lines):
    print(f'    static let {name} = """')
    for line in lines:
        print("        " + line.replace("\\", "\\\\"))
    print('        """')


def letters(vocabulary, prefix, suffix):
    """The letters with a prefix or a suffix, in the order of their ids."""
    found = []
    for token, _ in sorted(vocabulary.items(), key=lambda entry: entry[1]):
        core = token
        if prefix and core.startswith(prefix):
            core = core[len(prefix):]
        if suffix and core.endswith(suffix):
            core = core[: -len(suffix)]
        if len(core) == 1 and core != token:
            found.append(token)
    return found


def wrap(tokens):
    rows, row = [], ""
    for token in tokens:
        if len(row) + len(token) > 80:
            rows.append(row)
            row = ""
        row += (" " if row else "") + token
    return rows + [row]


def learn(name, model, cut, trainer, prefix="", suffix=""):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = words(cut)
    tokenizer.train_from_iterator(LINES, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    vocabulary = learned["vocab"]
    if prefix or suffix:
        show(name + "Letters", wrap(letters(vocabulary, prefix, suffix)))
    show(name + "Tokens", wrap([t for t, _ in sorted(vocabulary.items(), key=lambda e: e[1])]))
    if learned.get("merges"):
        show(name + "Merges", wrap(["+".join(pair) for pair in learned["merges"]]))


quiet = dict(show_progress=False)
alphabet = pre_tokenizers.ByteLevel.alphabet()
learn("plain", models.BPE(), "words", trainers.BpeTrainer(vocab_size=150, special_tokens=["<s>", "th"], **quiet))
learn("frequent", models.BPE(), "words", trainers.BpeTrainer(vocab_size=500, min_frequency=3, **quiet))
learn("short", models.BPE(), "words", trainers.BpeTrainer(vocab_size=200, max_token_length=4, **quiet))
learn("byteLevel", models.BPE(), "bytes", trainers.BpeTrainer(vocab_size=330, initial_alphabet=alphabet, **quiet))
learn("suffixed", models.BPE(), "words", trainers.BpeTrainer(vocab_size=180, end_of_word_suffix="</w>", **quiet), suffix="</w>")
learn("wordPiece", models.WordPiece(), "words",
      trainers.WordPieceTrainer(vocab_size=180, special_tokens=["[PAD]", "[UNK]"], **quiet), prefix="##")
learn("wordLevel", models.WordLevel(), "words", trainers.WordLevelTrainer(vocab_size=30, special_tokens=["<unk>"], **quiet))

tokenizer = Tokenizer(models.Unigram())
tokenizer.pre_tokenizer = words("metaspace")
tokenizer.train_from_iterator(LINES, trainers.UnigramTrainer(
    vocab_size=1000, special_tokens=["<unk>"], unk_token="<unk>", **quiet))
pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
# Characters whose expected count fell below ½ get scores in the order of a hash table: left out.
least = pieces[-1][1]
show("unigramPieces", wrap([f"{token}:{score:.6f}" for token, score in pieces[1:] if score < least - 0.02 or score > least + 0.02]))
