"""Writes Reference/goldens/operations.safetensors: what PyTorch 2.15 computes for operations, layers, losses and
optimizers, which Tests/NNTests/Golden compares with. Needs torch.

    python Reference/operations.py

A tensor's name is CASE/NAME. A case holds its inputs; `out` (and `out.1`, …: further results); `weight`, random
numbers in the shape of `out`; and for each input `grad.INPUT`, the gradient of Σ out · weight. A case
`optimizer.NAME` holds `start`, `grads` and `trace`, the parameter after each step. `__` in a name stands for a dot.

Everything is computed in float64 and rounded to float32 at the end, so the file does not depend on the processor.
Inputs are odd multiples of 1/256: exact in float32, and never at the kink of a ReLU."""
import itertools
import json
import pathlib
import struct

import torch
import torch.nn as nn
import torch.nn.functional as F

BATCH, TIME, INPUTS, WIDTH, CLASSES = 2, 5, 3, 4, 6
random = torch.Generator().manual_seed(2026)
tensors = {}


def normal(*shape, scale=1.0):
    values = torch.randn(shape, generator=random, dtype=torch.float64) * scale
    return ((values * 128).floor() * 2 + 1) / 256


def uniform(*shape):
    return ((torch.rand(shape, generator=random, dtype=torch.float64) * 128).floor() * 2 + 1) / 256


def integers(low, high, *shape):
    return torch.randint(low, high, shape, generator=random)


def store(case, values):
    for name, value in values.items():
        type = torch.float32 if value.is_floating_point() else torch.int32
        tensors[f"{case}/{name}"] = value.detach().to(type).contiguous()


def record(case, compute, constants={}, **inputs):
    """Stores a computation: `constants` have no gradient."""
    leaves = {name: value.clone().requires_grad_() for name, value in inputs.items()}
    results = compute(**leaves, **constants)
    results = results if isinstance(results, tuple) else (results,)
    weight = normal(*results[0].shape)
    (results[0] * weight).sum().backward()
    store(case, inputs | dict(constants) | {"weight": weight})
    store(case, {f"out.{i}" if i else "out": result for i, result in enumerate(results)})
    store(case, {f"grad.{name}": leaf.grad for name, leaf in leaves.items()})


def activations():
    plain = {
        "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "softplus": F.softplus,
        "leakyReLU": F.leaky_relu, "elu": F.elu, "selu": F.selu, "gelu": F.gelu,
        "geluTanh": lambda x: F.gelu(x, approximate="tanh"), "silu": F.silu,
        "hardTanh": F.hardtanh, "mish": F.mish, "softsign": F.softsign,
        "softmax": lambda x: x.softmax(-1), "logSoftmax": lambda x: x.log_softmax(-1),
    }
    for name, function in plain.items():
        record(f"activation.{name}", lambda x: function(x), x=normal(BATCH, 7, scale=3))
    gates = {"glu": torch.sigmoid, "geglu": F.gelu, "swiglu": F.silu}
    for name, gate in gates.items():
        def gated(x):
            if name == "glu":
                return F.glu(x)
            value, control = x.chunk(2, dim=-1)
            return value * gate(control)
        record(f"activation.{name}", gated, x=normal(BATCH, 2 * WIDTH))


def losses():
    rows = 7
    scores = lambda: normal(rows, CLASSES, scale=2)
    target = {"target": integers(0, CLASSES, rows)}
    partly = target["target"].clone()
    partly[1::3] = -100
    record("loss.mse", F.mse_loss, input=normal(BATCH, TIME), target=normal(BATCH, TIME))
    record("loss.l1", F.l1_loss, input=normal(BATCH, TIME), target=normal(BATCH, TIME))
    record("loss.huber", lambda input, target: F.huber_loss(input, target, delta=0.7),
           input=normal(BATCH, TIME), target=normal(BATCH, TIME))
    record("loss.binaryCrossEntropyWithLogits", F.binary_cross_entropy_with_logits,
           {"target": uniform(rows)}, input=normal(rows, scale=3))
    record("loss.crossEntropy", F.cross_entropy, target, input=scores())
    record("loss.crossEntropySmoothedIgnore",
           lambda input, target: F.cross_entropy(
               input, target, ignore_index=-100, label_smoothing=0.1),
           {"target": partly}, input=scores())
    record("loss.crossEntropyWeighted",
           lambda input, target, w: F.cross_entropy(input, target, weight=w),
           target | {"w": uniform(CLASSES) + 0.5}, input=scores())
    record("loss.multiMargin", F.multi_margin_loss, target, input=scores())

    def hinge_of_the_worst(input, target):
        right = F.one_hot(target, CLASSES).bool()
        worst = input.masked_fill(right, -torch.inf).amax(1)
        return (1 - input[right] + worst).clamp(min=0).mean()
    record("loss.hingeGoldberg", hinge_of_the_worst, target, input=scores())
    record("loss.klDivergence",
           lambda input, target: F.kl_div(
               input.log_softmax(-1), target.log_softmax(-1), log_target=True,
               reduction="batchmean"),
           input=normal(BATCH, CLASSES), target=normal(BATCH, CLASSES))
    record("loss.cosineEmbedding",
           lambda x1, x2, y: F.cosine_embedding_loss(x1, x2, y, margin=0.2),
           {"y": torch.tensor([1, -1, 1, -1])}, x1=normal(4, WIDTH), x2=normal(4, WIDTH))
    record("loss.tripletMargin", F.triplet_margin_loss, anchor=normal(4, WIDTH),
           positive=normal(4, WIDTH), negative=normal(4, WIDTH))

    def info_nce(x1, x2):
        cosines = F.cosine_similarity(x1[:, None], x2[None], dim=-1)
        return F.cross_entropy(cosines / 0.05, torch.arange(len(x1)))
    record("loss.infoNCE", info_nce, x1=normal(4, WIDTH), x2=normal(4, WIDTH))

    def ctc(logits, targets):                           # logits [time, batch, class], blank 0
        time, batch, _ = logits.shape
        return F.ctc_loss(
            logits.log_softmax(-1), targets, torch.full((batch,), time),
            torch.full((batch,), targets.shape[1]), reduction="sum")
    record("loss.ctc", ctc, {"targets": integers(1, CLASSES, BATCH, 3)},
           logits=normal(8, BATCH, CLASSES))

    def chain(x, transitions, start, end, tags, mask):  # every path, one after the other
        total = 0
        for row in range(len(x)):
            length = int(mask[row].sum())

            def score(path):
                steps = sum(x[row, time, tag] for time, tag in enumerate(path))
                moves = sum(transitions[a, b] for a, b in itertools.pairwise(path))
                return start[path[0]] + steps + moves + end[path[-1]]
            paths = itertools.product(range(x.shape[2]), repeat=length)
            all = torch.stack([score(path) for path in paths])
            total = total + score(tags[row, :length].tolist()) - all.logsumexp(0)
        return total
    record("layer.crfLogLikelihood", chain,
           {"tags": integers(0, 3, 2, 4), "mask": torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]])},
           x=normal(2, 4, 3), transitions=normal(3, 3), start=normal(3), end=normal(3))


def layers():
    x = lambda: normal(BATCH, TIME, INPUTS)
    record("layer.linear", lambda x, W, b: F.linear(x, W, b), x=x(), W=normal(WIDTH, INPUTS),
           b=normal(WIDTH))
    ids = {"ids": integers(0, 6, BATCH, TIME)}
    record("layer.embedding", lambda W, ids: F.embedding(ids, W), ids, W=normal(6, WIDTH))
    record("layer.embeddingBagMean", lambda W, ids: F.embedding_bag(ids, W, mode="mean"), ids,
           W=normal(6, WIDTH))
    record("layer.layerNorm", lambda x, g, b: F.layer_norm(x, (INPUTS,), g, b), x=x(),
           g=normal(INPUTS), b=normal(INPUTS))
    record("layer.rmsNorm", lambda x, g: F.rms_norm(x, (INPUTS,), g, eps=1e-6), x=x(),
           g=normal(INPUTS))
    record("layer.batchNormTrain",
           lambda x, g, b: F.batch_norm(x, None, None, g, b, training=True),
           x=normal(BATCH, INPUTS, TIME), g=normal(INPUTS), b=normal(INPUTS))
    for width, stride, padding, dilation in ((3, 1, 0, 1), (3, 2, 1, 1), (2, 1, 2, 2)):
        record(f"layer.conv1d.k{width}s{stride}p{padding}d{dilation}",
               lambda x, W, b: F.conv1d(x, W, b, stride, padding, dilation),
               x=normal(BATCH, INPUTS, 8), W=normal(WIDTH, INPUTS, width), b=normal(WIDTH))
    record("layer.conv2d", lambda x, W, b: F.conv2d(x, W, b, stride=2, padding=1),
           x=normal(BATCH, INPUTS, 6, 5), W=normal(WIDTH, INPUTS, 3, 3), b=normal(WIDTH))
    record("layer.convTranspose2d",
           lambda x, W, b: F.conv_transpose2d(x, W, b, stride=2, padding=1),
           x=normal(BATCH, WIDTH, 4, 3), W=normal(WIDTH, INPUTS, 4, 4), b=normal(INPUTS))
    record("layer.maxPool1d", lambda x: F.max_pool1d(x, 3, stride=2), x=normal(BATCH, INPUTS, 8))
    record("layer.avgPool1d", lambda x: F.avg_pool1d(x, 2, stride=2), x=normal(BATCH, INPUTS, 8))


def recurrent_layers():
    lengths = torch.tensor([TIME, TIME - 2])
    for kind, layers, both in itertools.product(("RNN", "LSTM", "GRU"), (1, 2), (False, True)):
        if both != (layers == 2):
            continue
        layer = getattr(nn, kind)(
            INPUTS, WIDTH, layers, batch_first=True, bidirectional=both, dtype=torch.float64)

        def run(x, lens, **parameters):
            packed = nn.utils.rnn.pack_padded_sequence(x, lens, batch_first=True)
            states, last = torch.func.functional_call(layer, parameters, (packed,))
            states, _ = nn.utils.rnn.pad_packed_sequence(
                states, batch_first=True, total_length=TIME)
            return (states, *last) if kind == "LSTM" else (states, last)
        parameters = {
            name: normal(*value.shape, scale=0.5) for name, value in layer.named_parameters()}
        record(f"layer.{kind.lower()}.{layers}{'bi' if both else ''}", run, {"lens": lengths},
               x=normal(BATCH, TIME, INPUTS), **parameters)


def attentions():
    def scaled(q, k, v, causal):
        scores = q @ k.mT / q.shape[-1] ** 0.5
        if causal:
            later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            scores = scores.masked_fill(later, -torch.inf)
        return scores.softmax(-1) @ v
    for name, causal, keys in (("attention", False, TIME + 2), ("attentionCausal", True, TIME)):
        q, k, v = normal(BATCH, 2, TIME, 3), normal(BATCH, 2, keys, 3), normal(BATCH, 2, keys, 3)
        direct = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        torch.testing.assert_close(scaled(q, k, v, causal), direct)
        record(f"layer.{name}", lambda q, k, v: scaled(q, k, v, causal), q=q, k=k, v=v)

    layer = nn.MultiheadAttention(8, 2, batch_first=True, dtype=torch.float64)

    def run(x, **parameters):
        named = {name.replace("__", "."): value for name, value in parameters.items()}
        return torch.func.functional_call(layer, named, (x, x, x), {"need_weights": False})[0]
    parameters = {
        name.replace(".", "__"): normal(*value.shape, scale=0.5)
        for name, value in layer.named_parameters()}
    record("layer.multiHead", run, x=normal(BATCH, TIME, 8), **parameters)


def optimizers():
    rate = 0.01
    makers = {
        "sgd": lambda p: torch.optim.SGD(p, 0.1),
        "sgdMomentumDecay": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.01),
        "sgdNesterov": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True),
        "adagrad": lambda p: torch.optim.Adagrad(p, 0.1),
        "rmsprop": lambda p: torch.optim.RMSprop(p, rate),
        "adadelta": lambda p: torch.optim.Adadelta(p, 1.0),
        "nadam": lambda p: torch.optim.NAdam(p, rate),
        "adam": lambda p: torch.optim.Adam(p, rate),
        "adamW": lambda p: torch.optim.AdamW(p, rate, weight_decay=0.1),
        "adamClip": lambda p: torch.optim.Adam(p, rate),
    }
    for name, make in makers.items():
        start, gradients = normal(INPUTS, WIDTH), normal(10, INPUTS, WIDTH)
        parameter = nn.Parameter(start.clone())
        optimizer = make([parameter])
        trace = []
        for gradient in gradients:
            parameter.grad = gradient.clone()
            if name == "adamClip":
                nn.utils.clip_grad_norm_([parameter], 0.5)
            optimizer.step()
            trace.append(parameter.detach().clone())
        store(f"optimizer.{name}",
              {"start": start, "grads": gradients, "trace": torch.stack(trace)})


def write(path):
    header = {"__metadata__": {"from": f"Reference/operations.py, PyTorch {torch.__version__}"}}
    data = b""
    for name, value in sorted(tensors.items()):
        bytes = value.numpy().tobytes()
        header[name] = {
            "dtype": "F32" if value.dtype == torch.float32 else "I32", "shape": list(value.shape),
            "data_offsets": [len(data), len(data) + len(bytes)]}
        data += bytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    cases = {name.split("/")[0] for name in tensors}
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size} bytes")


for family in (activations, losses, layers, recurrent_layers, attentions, optimizers):
    family()
write(pathlib.Path(__file__).parent / "goldens" / "operations.safetensors")
