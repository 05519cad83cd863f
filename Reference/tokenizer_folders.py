"""Makes small folders of tokenizers, of many classes and settings, and compares Apus with transformers on them.

    python Reference/tokenizer_folders.py classes FOLDER APUS            # every class, plain settings
    python Reference/tokenizer_folders.py random FOLDER APUS [COUNT [SEED]]

APUS is the command's binary. Needs transformers 5.24, tokenizers 0.23, sentencepiece 0.2 and tiktoken. For each folder,
ids, tokens and decoded texts of difficult texts are compared with `AutoTokenizer.from_pretrained(folder)`. A folder that
transformers cannot read is counted and passed over. The exit status is 1 when something differs.
"""

import json
import os
import random
import shutil
import subprocess
import sys

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import sentencepiece
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

SENTENCES = """the quick brown fox jumps over the lazy dog
a red fox ran to the river and the river ran to the sea
numbers like 12 and 1234 and 3.14 are cut in many ways
she said "don't" and he said we're late; they'll wait (perhaps)
Größe, café, naïve, ÀÉÎ, Straße und Fuß in der Stadt
The Quick Brown Fox Jumps Over The Lazy Dog
le renard brun saute par dessus le chien paresseux
new  lines and   several spaces , and marks ! ? .
hello world hello there world of words and letters""".split("\n")

TEXTS = SENTENCES + [
    "", " ", "  the fox", "the fox  ", "the\nred\tfox\r\n", "THE RED FOX", "日本語 text 中文", "e\u0301te\u0301 ﬁn ½",
    "a\u00a0b\u3000c", "🦊 fox 👩‍👧", "``quoted'' 'text'", "x" * 40, "1234567 12 1", "don't we'll I'VE", "▁the ▁ fox",
    "\u0000a\u200bb\ufeffc", "the ." * 3, " .  , ! n't 's", "<unk> <s> </s>", "[CLS] the [SEP]",
]

WORDPIECE = ["BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "LayoutLMTokenizer", "LxmertTokenizer",
             "MobileBertTokenizer", "SqueezeBertTokenizer", "ConvBertTokenizer", "DPRContextEncoderTokenizer",
             "DPRQuestionEncoderTokenizer", "DPRReaderTokenizer", "FunnelTokenizer", "MPNetTokenizer",
             "SplinterTokenizer"]
BYTES = ["GPT2Tokenizer", "CodeGenTokenizer", "GPTNeoXTokenizer", "RobertaTokenizer", "BartTokenizer", "LEDTokenizer",
         "LongformerTokenizer", "MvpTokenizer", "BlenderbotTokenizer", "DebertaTokenizer", "Qwen2Tokenizer",
         "WhisperTokenizer", "CohereTokenizer", "NougatTokenizer", "LukeTokenizer"]
CHARACTERS = ["CLIPTokenizer", "HerbertTokenizer", "OpenAIGPTTokenizer"]
PIECES_BPE = {"LlamaTokenizer": "tokenizer.model", "Phi3Tokenizer": "tokenizer.model",
              "CodeLlamaTokenizer": "tokenizer.model", "GemmaTokenizer": "tokenizer.model",
              "Siglip2Tokenizer": "tokenizer.model", "NllbTokenizer": "sentencepiece.bpe.model",
              "SeamlessM4TTokenizer": "sentencepiece.bpe.model", "ReformerTokenizer": "spiece.model",
              "Tipsv2Tokenizer": "tokenizer.model", "PreTrainedTokenizerFast": "tokenizer.model"}
PIECES_UNIGRAM = {"T5Tokenizer": "spiece.model", "AlbertTokenizer": "spiece.model", "FNetTokenizer": "spiece.model",
                  "RemBertTokenizer": "sentencepiece.model", "XLNetTokenizer": "spiece.model",
                  "DebertaV2Tokenizer": "spm.model", "BigBirdTokenizer": "spiece.model",
                  "PegasusTokenizer": "spiece.model", "XLMRobertaTokenizer": "sentencepiece.bpe.model",
                  "CamembertTokenizer": "sentencepiece.bpe.model", "BarthezTokenizer": "sentencepiece.bpe.model",
                  "XGLMTokenizer": "tokenizer.model", "MBartTokenizer": "sentencepiece.bpe.model",
                  "MBart50Tokenizer": "sentencepiece.bpe.model", "UdopTokenizer": "spiece.model",
                  "VideoPrismTokenizer": "spiece.model", "TokenizersBackend": "tokenizer.model"}
OTHERS = ["TikToken"]
ENDS = {"FunnelTokenizer": ("<unk>", "<cls>", "<sep>", "<pad>", "<mask>"),
        "MPNetTokenizer": ("[UNK]", "<s>", "</s>", "<pad>", "<mask>")}


def corpus(rng):
    return [" ".join(rng.sample(s.split(" "), len(s.split(" ")))) for s in SENTENCES for _ in range(4)]


def write_lines(folder, rng, name):
    words = sorted({w for s in corpus(rng) for w in s.lower().split()} | {"The", "Fox", "."})
    special = list(ENDS.get(name, ("[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]")))
    if rng.random() < 0.3:
        special = special[:3]
    letters = [c for c in "abcdefghijklmnopqrstuvwxyzß0123456789.,!?'\"();-"]
    tokens = special + rng.sample(words, len(words) * 2 // 3) + letters + ["##" + c for c in letters]
    tokens += ["##ing", "##s", "##es", "日", "中", "caf", "##é"]
    if name == "SplinterTokenizer":
        tokens.append("[QUESTION]")
    seen = list(dict.fromkeys(tokens))
    with open(os.path.join(folder, "vocab.txt"), "w") as file:
        file.write("\n".join(seen) + "\n")


def write_merges(folder, rng, name):
    suffix = "</w>" if name in CHARACTERS else None
    special = {"CLIPTokenizer": ["<|startoftext|>", "<|endoftext|>"], "HerbertTokenizer": ["<s>", "<pad>", "</s>", "<unk>"],
               "OpenAIGPTTokenizer": ["<unk>"], "WhisperTokenizer": ["<|endoftext|>", "<|startoftranscript|>",
                                                                     "<|notimestamps|>", "<|transcribe|>"],
               "DebertaTokenizer": ["[UNK]", "[CLS]", "[SEP]", "[PAD]"],
               "CohereTokenizer": ["<PAD>", "<UNK>", "<CLS>", "<SEP>", "<MASK_TOKEN>", "<BOS_TOKEN>"]}
    begin = special.get(name, ["<s>", "<pad>", "</s>", "<unk>"] if rng.random() < 0.7 else ["<|endoftext|>"])
    settings = {"end_of_word_suffix": suffix} if suffix else {}
    model = Tokenizer(models.BPE(**settings))
    if name in CHARACTERS and name != "CLIPTokenizer":
        model.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    else:
        model.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    settings = {"end_of_word_suffix": suffix} if suffix else {}
    alphabet = pre_tokenizers.ByteLevel.alphabet() if name not in CHARACTERS[1:] else []
    model.train_from_iterator(corpus(rng), trainers.BpeTrainer(
        vocab_size=rng.randrange(330, 420), special_tokens=begin, initial_alphabet=alphabet, show_progress=False,
        **settings))
    saved = json.loads(model.to_str())["model"]
    with open(os.path.join(folder, "vocab.json"), "w") as file:
        json.dump(saved["vocab"], file, ensure_ascii=False)
    with open(os.path.join(folder, "merges.txt"), "w") as file:
        file.write("#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in saved["merges"]))


def write_pieces(folder, rng, name, file, kind, plain):
    settings = dict(model_type=kind, vocab_size=120, hard_vocab_limit=False, byte_fallback=False)
    if kind == "bpe":
        settings.update(byte_fallback=rng.random() < 0.6, vocab_size=400)
        if not settings["byte_fallback"]:
            settings["vocab_size"] = 150
    if not plain:
        settings.update(
            add_dummy_prefix=rng.random() < 0.8, remove_extra_whitespaces=rng.random() < 0.6,
            normalization_rule_name=rng.choice(["nmt_nfkc", "identity", "nfkc_cf", "nmt_nfkc_cf"]),
            user_defined_symbols=rng.choice([[], ["<mask>"], ["<sep>", "<cls>"], ["fox", "--"]]),
            control_symbols=rng.choice([[], ["<ctrl>"]]),
            pad_id=rng.choice([-1, 3]))
    if name in ("AlbertTokenizer", "FNetTokenizer"):
        settings.update(control_symbols=["[CLS]", "[SEP]"], pad_id=0, unk_id=1, bos_id=-1, eos_id=-1)
        settings.update(user_defined_symbols=["[MASK]"])
    if name == "T5Tokenizer" or name == "PegasusTokenizer":
        settings.update(pad_id=0, eos_id=1, unk_id=2, bos_id=-1, user_defined_symbols=[])
    if name == "RemBertTokenizer":
        settings.update(control_symbols=["[CLS]", "[SEP]"], user_defined_symbols=[])
    path = os.path.join(folder, "_corpus.txt")
    with open(path, "w") as out:
        out.write("\n".join(corpus(rng)) + "\n")
    prefix = os.path.join(folder, "_model")
    sentencepiece.SentencePieceTrainer.train(input=path, model_prefix=prefix, minloglevel=9, num_threads=1, **settings)
    os.replace(prefix + ".model", os.path.join(folder, file))
    os.remove(prefix + ".vocab")
    os.remove(path)


def write_ranks(folder, rng):
    import base64
    tokens = [bytes([b]) for b in range(256)]
    for word in sorted({w for s in corpus(rng) for w in s.split()}):
        data = (" " + word).encode()
        for end in range(2, len(data) + 1):
            if data[:end] not in tokens:
                tokens.append(data[:end])
    with open(os.path.join(folder, "tokenizer.model"), "w") as file:
        for rank, token in enumerate(tokens):
            file.write(base64.b64encode(token).decode() + f" {rank}\n")
    return len(tokens)


def flags(rng, content, plain=False):
    if plain:
        return {"content": content, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False,
                "special": True}
    return {"content": content, "lstrip": rng.random() < 0.3, "normalized": rng.random() < 0.5,
            "rstrip": rng.random() < 0.3, "single_word": rng.random() < 0.2, "special": rng.random() < 0.5}


NAMES = ["<|im_start|>", "<|im_end|>", "<extra>", "fox", "[INST]", "[/INST]", "<image>", "Ünit", "new line"]


def random_settings(rng, name, config):
    for key, chance in [("do_lower_case", 0.4), ("strip_accents", 0.2), ("tokenize_chinese_chars", 0.2),
                        ("add_prefix_space", 0.4), ("legacy", 0.4), ("keep_accents", 0.3), ("add_bos_token", 0.4),
                        ("add_eos_token", 0.3), ("split_by_punct", 0.2), ("clean_up_tokenization_spaces", 0.4),
                        ("trim_offsets", 0.2), ("split_special_tokens", 0.1), ("spaces_between_special_tokens", 0.1),
                        ("legacy_behaviour", 0.2)]:
        if rng.random() < chance:
            config[key] = rng.random() < 0.5
    if rng.random() < 0.2:
        config["model_max_length"] = rng.choice([8, 512, 1000000000000000019884624838656])
    if rng.random() < 0.2:
        config["padding_side"] = rng.choice(["left", "right"])


def random_tokens(rng, folder, config, size):
    # A token of the vocabulary has its id already; a folder that states another is refused.
    known = ""
    for file in ("vocab.json", "tokenizer.json", "vocab.txt"):
        if os.path.exists(os.path.join(folder, file)):
            with open(os.path.join(folder, file)) as source:
                known += source.read()
    names = [n for n in rng.sample(NAMES, rng.randrange(0, 5)) if n not in known]
    way = rng.choice(["decoder", "added", "map", "none"])
    if way == "decoder" and names:
        config["added_tokens_decoder"] = {str(size + i): flags(rng, n) for i, n in enumerate(names)}
        if rng.random() < 0.2:
            for entry in config["added_tokens_decoder"].values():
                for key in ("normalized", "special", "lstrip"):
                    entry.pop(key)
    elif way == "added" and names:
        with open(os.path.join(folder, "added_tokens.json"), "w") as file:
            json.dump({n: size + i for i, n in enumerate(names)}, file)
    elif way == "map":
        content = {"additional_special_tokens": names}
        if rng.random() < 0.5:
            content["mask_token"] = {"content": "<mask>", "lstrip": True, "normalized": False, "rstrip": False,
                                     "single_word": False}
        with open(os.path.join(folder, "special_tokens_map.json"), "w") as file:
            json.dump(content, file)
    if rng.random() < 0.3:
        config["extra_special_tokens"] = rng.choice([["<image>"], {"image_token": "<image>", "boi": "<boi>"}])
    elif rng.random() < 0.2:
        config["additional_special_tokens"] = ["<image>", "<extra>"]
    if rng.random() < 0.15:
        config["image_token"] = "<image>"
    if rng.random() < 0.15:
        config["mask_token"] = rng.choice(["<mask>", "[MASK]", "<MASK>"])
    if rng.random() < 0.1:
        config["pad_token"] = rng.choice(["<pad>", "[PAD]", None])


def make(folder, name, rng, plain):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    config = {"tokenizer_class": name}
    size = 400
    if name in WORDPIECE:
        write_lines(folder, rng, name)
        with open(os.path.join(folder, "vocab.txt")) as file:
            size = len(file.read().split("\n")) - 1
    elif name in BYTES + CHARACTERS:
        write_merges(folder, rng, name)
        with open(os.path.join(folder, "vocab.json")) as file:
            size = len(json.load(file))
    elif name == "TikToken":
        config["tokenizer_class"] = rng.choice(["PreTrainedTokenizerFast", "TokenizersBackend"])
        size = write_ranks(folder, rng)
        config["added_tokens_decoder"] = {str(size + i * 2): flags(rng, n, True) for i, n in enumerate(NAMES[:3])}
    else:
        kind = "bpe" if name in PIECES_BPE else "unigram"
        file = PIECES_BPE.get(name) or PIECES_UNIGRAM[name]
        write_pieces(folder, rng, name, file, kind, plain)
        model = sentencepiece.SentencePieceProcessor(os.path.join(folder, file))
        size = len(model)
    if not plain:
        random_settings(rng, name, config)
        if name != "TikToken":
            random_tokens(rng, folder, config, size)
    path = os.path.join(folder, "tokenizer_config.json")
    with open(path, "w") as file:
        json.dump(config, file, ensure_ascii=False)
    if plain or rng.random() < 0.6:
        return
    # The same with a tokenizer.json, whose configuration is changed behind its back now and then.
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except Exception:
        return
    saved = folder + "-saved"
    tokenizer.save_pretrained(saved)
    shutil.rmtree(folder)
    os.replace(saved, folder)
    with open(path) as file:
        config = json.load(file)
    if rng.random() < 0.6:
        random_settings(rng, name, config)
    if rng.random() < 0.4:
        random_tokens(rng, folder, config, len(tokenizer) + rng.choice([0, 0, 3]))
    if rng.random() < 0.3:
        config["tokenizer_class"] = rng.choice(["PreTrainedTokenizerFast", "NoSuchTokenizer", name + "Fast"])
    if rng.random() < 0.1:
        config.pop("tokenizer_class")
    with open(path, "w") as file:
        json.dump(config, file, ensure_ascii=False)


def run(apus, command, folder, lines, *options):
    out = subprocess.run([apus, "tokenizer", command, folder, *options], input="".join(lines), capture_output=True,
                         text=True, timeout=120)
    return out.returncode, out.stdout, out.stderr.strip() or out.stdout.strip()[-300:]


def compare(folder, apus, say):
    """"equal", "refused: …", "unread: …" or "different: …"."""
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except Exception as error:
        code, _, problem = run(apus, "encode", folder, ["the fox\n"])
        return f"unread by transformers ({type(error).__name__}), " + ("read" if code == 0 else "refused: " + problem)
    added = [t.content for t in getattr(tokenizer, "added_tokens_decoder", {}).values()][:40]
    texts = [t for t in TEXTS if "\n" not in t and "\r" not in t and t != ""]
    texts += [f"the{a}fox" for a in added] + [f"the {a} fox, {a}" for a in added] + [a for a in added]
    # A text with CodeLlama's token to fill in changes the tokenizer of transformers for all texts to come.
    texts = [t for t in texts if "\n" not in t and "<FILL_ME>" not in t]
    lines = [t + "\n" for t in texts]
    code, out, problem = run(apus, "encode", folder, lines, "--json")
    if code != 0:
        return "refused: " + problem
    found = [json.loads(line) for line in out.splitlines()]
    if len(found) != len(texts):
        return f"different: {len(found)} lines for {len(texts)} texts"
    differences = []
    idlists = []
    for text, mine in zip(texts, found):
        try:
            right = tokenizer(text)
        except Exception as error:
            idlists.append([])
            continue
        ids = right["input_ids"]
        idlists.append(ids)
        if mine["ids"] != ids:
            differences.append(f"{text!r}: {tokenizer.convert_ids_to_tokens(ids)} {ids}\n      ours {mine['tokens']} {mine['ids']}")
        elif getattr(right, "encodings", None) and mine["tokens"] != right.tokens():
            differences.append(f"{text!r}: tokens {right.tokens()}\n      ours {mine['tokens']}")
    for keep in (False, True):
        options = ["--json"] + (["--keep-special"] if keep else [])
        lines = [" ".join(map(str, ids)) + "\n" for ids in idlists]
        code, out, problem = run(apus, "decode", folder, lines, *options)
        if code != 0:
            differences.append("decode: " + problem)
            break
        for ids, line in zip(idlists, out.splitlines()):
            mine = json.loads(line)
            mine = mine["text"] if isinstance(mine, dict) else mine
            right = tokenizer.decode(ids, skip_special_tokens=not keep) if ids else ""
            if mine != right:
                differences.append(f"decoded {ids}, keep {keep}: {right!r}\n      ours {mine!r}")
    if not differences:
        return "equal"
    for line in differences[:say]:
        print("   ", line)
    return f"different: {len(differences)} of {3 * len(texts)}"


def main():
    way, root, apus = sys.argv[1:4]
    os.makedirs(root, exist_ok=True)
    names = WORDPIECE + BYTES + CHARACTERS + list(PIECES_BPE) + list(PIECES_UNIGRAM) + OTHERS
    failed = 0
    counts = {}
    if way == "classes":
        jobs = [(name, 0, True) for name in names]
    else:
        count = int(sys.argv[4]) if len(sys.argv) > 4 else 100
        first = int(sys.argv[5]) if len(sys.argv) > 5 else 0
        jobs = [(random.Random(first + i).choice(names), first + i, False) for i in range(count)]
    for name, seed, plain in jobs:
        folder = os.path.join(root, f"{name}-{seed}")
        make(folder, name, random.Random(seed), plain)
        result = compare(folder, apus, 3)
        kind = result.split(":")[0].split(" (")[0]
        counts[kind] = counts.get(kind, 0) + 1
        failed += kind in ("different", "refused")
        if way == "classes" or kind != "equal":
            print(f"{name} {seed}: {result}", flush=True)
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    sys.exit(1 if failed else 0)


main()
