"""Lines to ids with Hugging Face's tokenizers or tiktoken, one thread, for Benchmarks/compare:

    export APUS_BENCH_TOKENIZER=tokenizer.json APUS_BENCH_TEXT=lines.txt APUS_THREADS=1
    Benchmarks/compare tokenizer -- python Benchmarks/tokenizer_bench.py
    Benchmarks/compare tokenizer -- python Benchmarks/tokenizer_bench.py vocab.bpe encoder.json   # tiktoken's GPT-2
"""
import os, sys, time

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
file = os.environ["APUS_BENCH_TOKENIZER"]
with open(os.environ["APUS_BENCH_TEXT"], newline="\n") as text:
    lines = text.read().split("\n")
megabytes = sum(len(line.encode()) for line in lines) / 1e6


def report(metric, value):
    print("tokenizer", metric, value)


def best(work, rounds=3):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


if len(sys.argv) > 2:
    import tiktoken
    from tiktoken.load import data_gym_to_mergeable_bpe_ranks

    pattern = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
    ranks = data_gym_to_mergeable_bpe_ranks(sys.argv[1], sys.argv[2])
    encoding = tiktoken.Encoding("gpt2", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    report("MB/s:ids", megabytes / best(lambda: [encoding.encode_ordinary(line) for line in lines]))
else:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(file)
    rate = megabytes / best(lambda: tokenizer.encode_batch(lines))
    report("MB/s:ids", rate)
    report("MB/s:encodings", rate)
    report("ms:load", best(lambda: Tokenizer.from_file(file), 10) * 1e3)
