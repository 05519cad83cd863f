"""Writes what Hugging Face tokenizers 0.23.3 (Oniguruma) finds with patterns: a folder for the environment variable
APUS_PATTERN_GOLDENS, which TextTests/Tokenizer/Patterns/PatternGoldenTests reads. Needs tokenizers.

    python pattern_goldens.py FOLDER [random patterns] [texts a pattern] [seed]

`published.jsonl` has patterns as published tokenizers use them, written down from memory of their files;
`random.jsonl` has patterns of the grammar. Patterns that Oniguruma itself refuses are left out. Offsets are scalars."""
import json
import os
import random
import sys

from tokenizers import Regex, pre_tokenizers

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
PUBLISHED = [
    # GPT-2, RoBERTa, StarCoder, Phi and their kin
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    r"(?:'s|'t|'re|'ve|'m|'ll|'d)|\s?\p{L}+|\s?\p{N}+|\s?[^\s\p{L}\p{N}]+|\s+",
    r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+",
    r"'s|'t|'re|'ve|'m|'ll|'d|\s[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+",
    # cl100k, Llama 3, Qwen, GLM, StableLM, DBRX, OLMo
    CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
    r"(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,2}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
    # o200k, GPT-OSS, Mistral's Tekken, Llama 4, Kimi
    r"[^\r\n\p{L}\p{N}]?" + UPPER + "*" + LOWER + "+" + CONTRACTIONS + r"?|[^\r\n\p{L}\p{N}]?" + UPPER + "+" + LOWER
    + "*" + CONTRACTIONS + r"?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[^\r\n\p{L}\p{N}]?" + UPPER + "*" + LOWER + r"+|[^\r\n\p{L}\p{N}]?" + UPPER + "+" + LOWER
    + r"*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+"
    + CONTRACTIONS + r"?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*"
    + CONTRACTIONS + r"?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[^\r\n\p{L}\p{N}]?((?=[\p{L}])([^a-z]))*((?=[\p{L}])([^A-Z]))+" + CONTRACTIONS
    + r"?|[^\r\n\p{L}\p{N}]?((?=[\p{L}])([^a-z]))+((?=[\p{L}])([^A-Z]))*" + CONTRACTIONS
    + r"?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    # DeepSeek
    r"\p{N}{1,3}", r"[一-龥぀-ゟ゠-ヿ]+",
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", r"[一-龥ࠀ-一가-퟿]+", r"\p{N}", r"\p{N}+",
    r"\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-Ֆ]+",
    r"\s?[!-/:-~！-／：-～‘-‟　-。]+", r"\s+$", r"[一-龥ࠀ-一가-퟿]+|\s+$",
    # Digits from the right: AFMoE, SuperBPE, arithmetic tokenizers
    r"\d{1,3}(?=(?:\d{3})*\b)", r"(?=(\d{3})+(?!\d))", r"\d(?=(?:\d{3})*(?!\d))", r"\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N}))",
    r"(?<=\d)(?=(?:\d{3})+(?!\d))", r"\B(?=(?:\d{3})+(?!\d))", r" ?\p{L}+|\d{1,3}(?=(?:\d{3})*(?!\d))| ?[^\s\p{L}\p{N}]+|\s+",
    r"(?:^|\b|(?<=\D))\d{1,2}(?=(?:\d{3})+\b)", r"(?<!\d)\d{1,3}(?=(?:\d{3})*(?!\d))|\d{3}",
    # Falcon, BLOOM, GPT-NeoX's and others' pieces
    r" ?[^(\s|[.,!?…。，、।۔،])]+", r"[\d]{3}", r"[0-9][0-9][0-9]", r"[0-9]", r"\d+", r"\d", r"[0-9]{1,3}", r"\d{1,3}",
    r"[^\s]+|\s+", r" ?[^\s]+|\s+(?!\S)|\s+",
    # Galactica and Nougat
    r"(?<=.)(?=[0-9])|(?<=[0-9])(?=.)",
    r"(\[START_(?:DNA|SMILES|I_SMILES|AMINO)\])(.*?)(\[END_(?:DNA|SMILES|I_SMILES|AMINO)\])",
    r"(?<=\[START_SMILES\]).*?(?=\[END_SMILES\])", r"(?=\[(?:START|END)_)|(?<=\])", r"(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})",
    r"(?<![0-9])[0-9]{1,3}(?![0-9])|[0-9]",
    # URLs, mail addresses, newlines, white space of embedding models and word tokenizers
    r"https?://\S+|\S+", r"(?:https?|ftp)://[^\s/$.?#].[^\s]*", r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b", r"www\.\S+(?<![.,;:!?])",
    r"https?://(?:(?!\s|[<>\"]).)+", r"\n{2,}", r"(?:\r?\n)+", r"\n+(?!\n)|\s+", r"(?<!\n)\n(?!\n)", r"\n\n+|\r\n(?:\r\n)+",
    r"(?<=\n)(?=\S)", r"[ \t]+(?=\n|$)", r"\s+(?=\n)|\n(?=\s*\S)", r"\R", r"\R+|[^\r\n]+", r"^\s+|\s+$", r"^[ \t]+", r"\A\s+|\s+\z", r"\s+\Z",
    r" {2,}", r" (?= )|(?<= ) ", r"\s{2,}(?=\S)", r"\S+(?=\s)|\s+|\S+", r"(?!^) (?!$)", r"(?<=\S) (?=\S)", r"[^\S\r\n]+",
    # Words, marks, scripts
    r"\w+|[^\w\s]+", r"\w+|[^\w\s]", r"\b\w+\b", r"(?i)\b(?:don|can|won)'t\b", r"[\p{L}\p{M}]+", r"\p{L}\p{M}*", r"\P{M}\p{M}*", r"\P{M}\p{M}*+",
    r"(?>\P{M}\p{M}*)", r"[^\p{L}\s]+(?=\p{L})", r"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})", r"(?<=\p{Ll})(?=\p{Lu})", r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])",
    r"[\p{Han}\p{Hiragana}\p{Katakana}]+", r"\p{Han}", r"\p{Hangul}+", r"\p{Arabic}+", r"\p{Thai}+|\p{Lao}+|\p{Khmer}+", r"\p{Devanagari}+",
    r"[[:alpha:]]+|[[:digit:]]+|[[:punct:]]|[[:space:]]+", r"[[:alnum:]_]+", r"[[:upper:]][[:lower:]]*", r"[\p{P}\p{S}]", r"[\p{P}$+<=>^`|~]",
    r"\p{Emoji_Presentation}\uFE0F?", r"\p{Extended_Pictographic}(?:\u200D\p{Extended_Pictographic})*", r"[\p{Sc}\p{Sk}]|\p{Sm}+",
    r"(?i:straße|ss|ﬁx)", r"(?i:[ß]+)", r"(?i)ff|st",
    # SmolLM, ModernBERT, Gemma, CodeGen, Jais, XGen, Command R
    r"\d{1,3}(?=(\d{3})*\b)|\p{L}+", r"▁+|[^▁]+", r"(?<=▁)[^▁]+", r"[^▁]*▁?", r"(?:▁)+(?!▁)|▁", r"\t|\n|    ", r"(?:    )+",
    r"[a-zA-Z]+|[0-9]+|[^a-zA-Z0-9\s]+|\s", r"#\w+|@\w+|\w+(?:['’]\w+)*|\S", r"(?:[A-Z]\.)+|\w+(?:-\w+)*|\$?\d+(?:[.,]\d+)*%?|\.\.\.|\S",
    r"\p{L}+(?:['’]\p{L}+)?|\p{N}+(?:[.,]\p{N}+)*|\s+|.", r"(?m:.)", r"(?<number>\d+)|(?<word>\w+)", "(?x: \\d+ # digits\n | \\w )", r"\Ga|b", r"\G\s+|\S+", r"\G\d{1,3}",
]

LETTERS = ["a", "b", "1", " ", "\n", "é", "A", "中"]
TEXT = "aaabbbAB  11123 \n\n\r\n\t.,'’s-_/:é中あア한é\u0301\u0308ßſK😀👍\u200d▁½²٣Ⅷ\u00a0\u3000\u0085\u2028İǅʕˀ"


def random_class(rng):
    return rng.choice([
        "a", "b", "1", " ", r"\n", r"\s", r"\S", r"\d", r"\w", r"\W", r"\p{L}", r"\p{N}", r"\p{Lu}", r"[ab]", r"[^a]", r"[a-z1]",
        r"[\p{L}&&[^a]]", r"[^\s\p{L}]", ".", "é", "中", "A", r"[[:punct:]]", r"\h", r"\p{^L}", r"\R",
    ])


def random_node(rng, depth, in_look):
    roll = rng.random()
    if depth == 0 or roll < 0.35:
        return random_class(rng)
    inner = lambda: random_node(rng, depth - 1, in_look)
    if roll < 0.55:
        return "".join(inner() for _ in range(rng.randint(2, 3)))
    if roll < 0.67:
        return "(?:" + "|".join(inner() for _ in range(rng.randint(2, 3))) + ")"
    if roll < 0.82:
        body = rng.choice([random_class(rng), "(?:" + inner() + ")"])
        repeat = rng.choice(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?", "??", "{1,3}?", "*+", "++", "?+"])
        return body + repeat
    if roll < 0.86:
        return rng.choice(["^", "$", r"\b", r"\B", r"\A", r"\z", r"\Z"])
    if roll < 0.88 and not in_look:
        return r"\G"
    if roll < 0.91:
        return rng.choice(["(?i:", "(?m:", "("]) + inner() + ")"
    if roll < 0.94:
        return "(?>" + inner() + ")"
    look = rng.choice(["(?=", "(?!"] if in_look else ["(?=", "(?!", "(?<=", "(?<!"])
    return look + random_node(rng, depth - 1, True) + ")"


def random_text(rng, length):
    few = [rng.choice(TEXT) for _ in range(rng.randint(2, 12))]
    return "".join(rng.choice(few) for _ in range(rng.randint(0, length)))


EXTRA = [
    "1234567 12 1234", "see http://a.b/c now", "a\n\nb\r\n\r\n\nc", "I'LL don't We'Ve\n\n  x", "12345678901 1,234.5", "x[START_SMILES]CC(=O)O[END_SMILES]1",
    "Straße STRASSE ﬁx FIX ﬀ ﬆ", "camelCaseHTMLParser2Go", "me@x.org, www.a.b. #tag @you", "  leading and trailing \t\n", "▁the▁▁fox▁", "日本語のテキスト 한국어 ภาษาไทย العربية",
]


def line(pattern, texts):
    """None when Oniguruma refuses the pattern, or gives up."""
    try:
        finder = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    except Exception:
        return None
    found = []
    for text in texts:
        try:
            matches = [list(at) for _, at in finder.pre_tokenize_str(text)]
        except BaseException:  # Oniguruma gave up backtracking: no Exception.
            return None
        found.append({"text": text, "matches": matches})
    return json.dumps({"pattern": pattern, "found": found}, ensure_ascii=False)


def main():
    folder = sys.argv[1]
    count, texts, seed = (int(value) for value in (sys.argv[2:] + ["400", "12", "1"][len(sys.argv) - 2:]))
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(seed)
    with open(os.path.join(folder, "published.jsonl"), "w", encoding="utf-8") as file:
        for pattern in dict.fromkeys(PUBLISHED):
            found = line(pattern, EXTRA + [random_text(rng, 60) for _ in range(4 * texts)])
            if found is None:
                print("refused:", pattern)
            else:
                print(found, file=file)
    with open(os.path.join(folder, "random.jsonl"), "w", encoding="utf-8") as file:
        made = 0
        while made < count:
            found = line(random_node(rng, 4, False), [random_text(rng, 40) for _ in range(texts)])
            if found is not None:
                made += 1
                print(found, file=file)


if __name__ == "__main__":
    main()
