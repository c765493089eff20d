"""The encoder as it ships: its matrix products in int8, with steps that calibration fixed.

Activations have a few very large channels, for which one step for all is too coarse: smoothing moves part of their size into
the weights (SmoothQuant, Xiao et al. 2023). Weights are then rounded one input channel after the other, each time making up for
the error with the channels that are still to come (GPTQ, Frantar et al. 2023). The steps of activations are fixed, so that
what is read does not depend on what is read beside it, and nothing need be measured at run time.

Shapes: B windows, T pieces, H hidden units, I inputs and O outputs of a layer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the usual name

from train.model import Layer, Reader

MOVED = 0.85
"""The share of the spread of activations that smoothing moves into the weights (train/EXPERIMENTS.md)."""
LARGEST = 127
STEPS = 255
DAMPING = 0.01
"""What is added to the squares of inputs, as a share of their mean, so that they can be inverted."""
BLOCK = 128
"""Input channels after whose rounding the rest is made up for at once."""


PRODUCTS = ("qkv", "ao", "fi", "fo")
"""The products of a layer that are put into int8."""
Product = tuple[int, str]
"""A layer's number and the name of a product."""


class Ranges(NamedTuple):
    """What calibration saw of a layer's inputs: the least and the largest, and the sums of their products (I, I)."""

    low: float
    high: float
    moments: Tensor


class ShippedLayer(nn.Module):
    """``train.model.Layer`` for windows that are run alone, so that nothing is to be masked; queries, keys and values are one
    product.
    """

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.heads = layer.heads
        parts = (layer.q, layer.k, layer.v)
        self.qkv = nn.Linear(layer.q.in_features, 3 * layer.q.out_features)
        self.qkv.weight.data = torch.cat([part.weight.data for part in parts])
        self.qkv.bias.data = torch.cat([part.bias.data for part in parts])
        self.ao, self.fi, self.fo = (_copy(part) for part in (layer.ao, layer.fi, layer.fo))
        self.aln, self.oln = layer.aln, layer.oln

    def forward(self, x: Tensor) -> Tensor:
        b, t, h = x.shape
        width = h // self.heads
        q, k, v = (part.view(b, t, self.heads, width).transpose(1, 2) for part in self.qkv(x).split(h, -1))
        mixed = ((q / math.sqrt(width) @ k.transpose(2, 3)).softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.aln(x + self.ao(mixed))
        return self.oln(x + self.fo(F.gelu(self.fi(x))))


class Shipped(nn.Module):
    """The taggers behind the word embeddings: vectors (B, T, H), marks (B, T), heads (B, W) -> taggers, words (B, W, H)."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.layers = nn.ModuleList(map(ShippedLayer, reader.encoder.layers))

    def forward(self, vectors: Tensor, marks: Tensor, heads: Tensor) -> tuple[Tensor, ...]:
        encoder = self.reader.encoder
        x = encoder.norm(vectors + encoder.position.weight[: vectors.shape[1]][None] + encoder.mark(marks))
        for layer in self.layers:
            x = layer(x)
        words = x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))
        return (*self.reader.tag(words), words)


class Smoothed(nn.Module):
    """A linear layer that takes its inputs divided by ``scale`` (I,), which its weights make up for."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / scale)
        self.linear: nn.Module = _copy(linear)
        self.linear.weight.data *= scale

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.inverse)


class Int8(nn.Module):
    """A linear layer of int8 weights (I, O) with a step for each output; its inputs have 256 steps over their ranges."""

    def __init__(self, linear: nn.Linear, ranges: Ranges) -> None:
        super().__init__()
        weights, steps = rounded(linear.weight.data, ranges.moments)
        low, high = min(ranges.low, 0.0), max(ranges.high, 0.0)
        step = max(high - low, 1e-6) / STEPS
        self.register_buffer("weights", weights.T.contiguous().to(torch.int8))
        self.register_buffer("steps", steps)
        self.register_buffer("step", torch.tensor(step))
        self.register_buffer("zero", torch.tensor(round(-low / step), dtype=torch.uint8))
        self.register_buffer("bias", linear.bias.data.clone())

    def forward(self, x: Tensor) -> Tensor:
        return _Product.apply(x, self.weights, self.steps, self.step, self.zero, self.bias)


class _Product(torch.autograd.Function):
    """Inputs put on their steps, multiplied as whole numbers, and put back: in ONNX, the two operators that do so."""

    @staticmethod
    def forward(_: Any, x: Tensor, weights: Tensor, steps: Tensor, step: Tensor, zero: Tensor, bias: Tensor) -> Tensor:
        whole = ((x / step).round() + zero).clamp(0, STEPS) - zero
        return whole @ weights.float() * (step * steps) + bias

    @staticmethod
    def symbolic(g: Any, x: Any, weights: Any, steps: Any, step: Any, zero: Any, bias: Any) -> Any:
        whole = g.op("QuantizeLinear", x, step, zero)
        none = g.op("Constant", value_t=torch.tensor(0, dtype=torch.int8))
        return g.op("com.microsoft::MatMulIntegerToFloat", whole, weights, step, steps, zero, none, bias).setType(
            x.type().with_sizes([None, None, weights.type().sizes()[1]])
        )


def rounded(weights: Tensor, moments: Tensor) -> tuple[Tensor, Tensor]:
    """Whole numbers for weights (O, I), and the step of each output (O,), for inputs with these sums of products (I, I)."""
    steps = weights.abs().amax(1, keepdim=True).clamp(min=1e-9).double() / LARGEST
    # channels with the largest inputs first, while all others can still make up for them
    order = moments.diag().argsort(descending=True)
    left = weights[:, order].double()
    damped = moments[order][:, order].double()
    damped += torch.eye(len(damped)) * DAMPING * damped.diag().mean()
    factor = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    whole = torch.zeros_like(left)
    for begin in range(0, len(factor), BLOCK):
        end = min(begin + BLOCK, len(factor))
        errors = torch.zeros(len(left), end - begin, dtype=left.dtype)
        for k in range(begin, end):
            whole[:, k] = (left[:, k] / steps[:, 0]).round().clamp(-LARGEST, LARGEST)
            errors[:, k - begin] = (left[:, k] - whole[:, k] * steps[:, 0]) / factor[k, k]
            left[:, k + 1 : end] -= errors[:, k - begin, None] * factor[k, k + 1 : end]
        left[:, end:] -= errors @ factor[begin:end, end:]
    back = torch.empty_like(whole)
    back[:, order] = whole
    return back.float(), steps[:, 0].float()


def quantize(shipped: Shipped, run: Callable[[], None]) -> None:
    """Put the layers' products into int8; ``run`` sends the calibration windows through ``shipped``. Once only: TypeError."""
    peaks: dict[Product, Tensor] = {}

    def peak(product: Product, rows: Tensor) -> None:
        found = rows.abs().amax(0)
        peaks[product] = torch.maximum(peaks.get(product, found), found)

    _watch(shipped, peak, run)
    for number, layer in enumerate(shipped.layers):
        _smooth(layer, {name: peaks[number, name] for name in PRODUCTS})
    seen: dict[Product, Ranges] = {}

    def note(product: Product, rows: Tensor) -> None:
        before = seen.get(product, Ranges(math.inf, -math.inf, torch.zeros(rows.shape[1], rows.shape[1])))
        low, high = min(before.low, float(rows.min())), max(before.high, float(rows.max()))
        seen[product] = Ranges(low, high, before.moments + rows.T @ rows)

    _watch(shipped, note, run)
    for (number, name), ranges in seen.items():
        layer = shipped.layers[number]
        product = Int8(_linear(layer, name), ranges)
        if isinstance(outer := getattr(layer, name), Smoothed):
            outer.linear = product
        else:
            setattr(layer, name, product)


def _smooth(layer: ShippedLayer, peaks: dict[str, Tensor]) -> None:
    """Divide the inputs of a layer's products. What attention mixes is divided in the values that it mixes, at no cost."""
    scale = _scale(peaks["ao"], layer.ao.weight)
    h = len(scale)
    layer.qkv.weight.data[-h:] /= scale[:, None]
    layer.qkv.bias.data[-h:] /= scale
    layer.ao.weight.data *= scale
    for name in ("qkv", "fi", "fo"):
        part = getattr(layer, name)
        setattr(layer, name, Smoothed(part, _scale(peaks[name], part.weight)))


def _scale(peak: Tensor, weight: Tensor) -> Tensor:
    """(I,) by which inputs are divided, from their largest values (I,) and the weights (O, I)."""
    scale = peak.clamp(min=1e-3) ** MOVED / weight.abs().amax(0).clamp(min=1e-4) ** (1 - MOVED)
    return scale / scale.mean()


def _linear(layer: nn.Module, name: str) -> nn.Linear:
    part = getattr(layer, name)
    inner = part.linear if isinstance(part, Smoothed) else part
    if not isinstance(inner, nn.Linear):
        raise TypeError(f"{name}: expected a linear layer, found {type(inner).__name__}: the network is quantized already")
    return inner


def _watch(shipped: Shipped, note: Callable[[Product, Tensor], None], run: Callable[[], None]) -> None:
    """Call ``note`` with the inputs (rows, I) of each product while ``run`` runs."""
    hooks = [
        _linear(layer, name).register_forward_pre_hook(
            lambda _, inputs, product=(number, name): note(product, inputs[0].flatten(0, -2))
        )
        for number, layer in enumerate(shipped.layers)
        for name in PRODUCTS
    ]
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()


def _copy(linear: nn.Linear) -> nn.Linear:
    copied = nn.Linear(linear.in_features, linear.out_features)
    copied.weight.data, copied.bias.data = linear.weight.data.clone(), linear.bias.data.clone()
    return copied
