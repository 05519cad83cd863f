"""Prints what PyTorch's Transformer gives for weights that follow from their names' order: the numbers of
Tests/NNTests/Attention/TransformerTests.swift. Needs torch."""
import torch
import torch.nn as nn


def fill(model):
    for number, parameter in enumerate(model.parameters()):
        count = torch.arange(parameter.numel(), dtype=torch.float64)
        value = 0.3 * torch.sin(7.0 * number + count).view(parameter.shape)
        # Gains near 1, as they are.
        parameter.data = value + (1 if parameter.dim() == 1 and number % 2 == 0 else 0)


for activation, first in (("relu", False), ("gelu", True)):
    model = nn.Transformer(
        4, 2, 2, 1, 6, 0.0, activation, batch_first=True, norm_first=first, dtype=torch.float64)
    fill(model)
    source = torch.sin(torch.arange(24, dtype=torch.float64)).view(2, 3, 4)
    target = torch.cos(torch.arange(16, dtype=torch.float64)).view(2, 2, 4)
    padding = torch.tensor([[False, False, False], [False, False, True]])
    causal = torch.tensor([[False, True], [False, False]])
    out = model(
        source, target, tgt_mask=causal, src_key_padding_mask=padding,
        memory_key_padding_mask=padding)
    print(activation, first, [round(x, 6) for x in out.flatten().tolist()])
    if not first:
        print([name for name, _ in model.named_parameters()])
